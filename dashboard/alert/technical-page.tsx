import { Page } from '../frame/page.tsx';
import { useMe } from '../session/session-context.tsx';
import { useLiveView } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { AlertSection } from './alert-section.tsx';
import { isCalling, sectionsOf } from './order.ts';
import { Quiet, StatusLine } from './quiet.tsx';

import './alert.css';

/** The queue of those who tend the equipment. */
export function TechnicalPage() {
  const words = useWords();
  const me = useMe();
  const { board, status, isFilled } = useLiveView();
  const { technical } = sectionsOf(board.alerts.values(), me.id);
  const waiting = technical.filter(isCalling);
  const taken = technical.filter(({ state }) => state !== 'firing');
  const inhibited = technical.filter(({ inhibitedBy }) => inhibitedBy !== null);
  return (
    <Page title={words.page.technical} className="board-page">
      {isFilled ? (
        <div className="board">
          <AlertSection
            name="unanswered"
            title={words.board.unanswered}
            alerts={waiting}
            empty={<Quiet title={words.board.noTechnical} status={status} />}
          />
          <div className="board-side">
            <AlertSection name="taken" title={words.board.taken} alerts={taken} />
            <AlertSection name="inhibited" title={words.inhibition.section} alerts={inhibited} />
            {waiting.length > 0 && <StatusLine status={status} />}
          </div>
        </div>
      ) : (
        <output>{words.loading}</output>
      )}
    </Page>
  );
}
