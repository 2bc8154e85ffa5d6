import { useSearchParams } from 'react-router';

import { DutyPrompt } from '../duty/duty-prompt.tsx';
import { Page } from '../frame/page.tsx';
import { useMe } from '../session/session-context.tsx';
import { useLiveView } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import { AlertSection } from './alert-section.tsx';
import { FloodSection } from './flood-section.tsx';
import { FoldSection } from './fold-section.tsx';
import { sectionsOf, type Sections } from './order.ts';
import { Quiet, StatusLine } from './quiet.tsx';
import { UnitFilterBar } from './unit-filter-bar.tsx';
import { ofUnit, unitsOf } from './unit-filter.ts';

import './alert.css';

/** The alerts that concern the reader, as they are now. */
export function BoardPage() {
  const words = useWords();
  const me = useMe();
  const { board, status, isFilled } = useLiveView();
  const [search] = useSearchParams();
  const chosen = search.get('unit');
  const all = [...board.alerts.values()];
  const units = unitsOf(all, me.units);
  const shown = ofUnit(all, chosen, units);
  const sections = sectionsOf(shown, me.id);
  const { unanswered, taken, inhibited, held, test, service, technical } = sections;
  const alerts = unanswered.length + taken.length + inhibited.length;
  const onTheWay = taken.filter((alert) => alert.state === 'accepted').length;
  const summary = status !== null && (
    <p className="page-summary">{words.board.summary(alerts, onTheWay, status.homesAnswering)}</p>
  );
  return (
    <Page title={words.page.board} aside={summary} className="board-page">
      <DutyPrompt />
      <UnitFilterBar units={units} chosen={chosen} hidden={all.length - shown.length} />
      {isFilled ? (
        <div className="board">
          {status?.isFlood === true && unanswered.length > 0 ? (
            <FloodSection alerts={unanswered} />
          ) : (
            <AlertSection
              name="unanswered"
              title={words.board.unanswered}
              alerts={unanswered}
              empty={<Quiet title={quietTitle(sections, words)} status={status} />}
            />
          )}
          <div className="board-side">
            <AlertSection name="taken" title={words.board.taken} alerts={taken} />
            <AlertSection name="inhibited" title={words.inhibition.section} alerts={inhibited} />
            <AlertSection name="held" title={words.held.section} alerts={held} />
            <AlertSection name="service" title={words.duty.board.service} alerts={service} />
            <FoldSection name="technical" title={words.board.technical} alerts={technical} />
            <FoldSection name="test" title={words.duty.board.testQueue} alerts={test} />
            {unanswered.length > 0 && <StatusLine status={status} />}
          </div>
        </div>
      ) : (
        <output>{words.loading}</output>
      )}
    </Page>
  );
}

function quietTitle({ taken, inhibited }: Sections, words: Dictionary): string {
  if (taken.length > 0) return words.board.allTaken;
  return inhibited.length > 0 ? words.inhibition.section : words.board.none;
}
