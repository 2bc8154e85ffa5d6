import type { Status } from '../../gateway/protocol/stream.ts';
import { spanOf } from '../clock/span.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';

/** Says what is right, so that silence is told from failure. */
export function Quiet({ title, status }: { title: string; status: Status | null }) {
  const words = useWords();
  const now = useNow();
  return (
    <div className="quiet">
      <p className="quiet-title">{title}</p>
      {status !== null && (
        <p>
          {words.board.answering(status.homesAnswering, status.homes)}{' '}
          {status.lastEventAt === null
            ? words.board.noEvent
            : words.board.lastEvent(
                now - status.lastEventAt < 1_000 ? null : spanOf(now - status.lastEventAt),
              )}
        </p>
      )}
    </div>
  );
}
