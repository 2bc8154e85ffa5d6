import { Page } from '../frame/page.tsx';
import { useMe } from '../session/session-context.tsx';
import { useLiveView } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { AlertSection } from './alert-section.tsx';
import { sectionsOf } from './order.ts';
import { Quiet, StatusLine } from './quiet.tsx';
import { TechnicalSection } from './technical-section.tsx';

import './alert.css';

/** The alerts that concern the reader, as they are now. */
export function BoardPage() {
  const words = useWords();
  const me = useMe();
  const { board, status, isFilled } = useLiveView();
  const sections = sectionsOf(board.alerts.values(), me.id);
  const { unanswered, taken, inhibited, test, technical } = sections;
  const alerts = unanswered.length + taken.length + inhibited.length;
  const onTheWay = taken.filter((alert) => alert.state === 'accepted').length;
  const summary = status !== null && (
    <p className="page-summary">{words.board.summary(alerts, onTheWay, status.homesAnswering)}</p>
  );
  const othersTitle = inhibited.length > 0 ? words.inhibition.section : words.board.none;
  const quietTitle = taken.length > 0 ? words.board.allTaken : othersTitle;
  return (
    <Page title={words.page.board} aside={summary} className="board-page">
      {isFilled ? (
        <div className="board">
          <AlertSection
            name="unanswered"
            title={words.board.unanswered}
            alerts={unanswered}
            empty={<Quiet title={quietTitle} status={status} />}
          />
          <div className="board-side">
            <AlertSection name="taken" title={words.board.taken} alerts={taken} />
            <AlertSection name="inhibited" title={words.inhibition.section} alerts={inhibited} />
            <AlertSection name="test" title={words.board.test} alerts={test} />
            <TechnicalSection alerts={technical} />
            {unanswered.length > 0 && <StatusLine status={status} />}
          </div>
        </div>
      ) : (
        <output>{words.loading}</output>
      )}
    </Page>
  );
}
