import type { Status } from '../../gateway/protocol/stream.ts';
import { spanOf } from '../clock/span.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';

/** Says what is right, so that silence is told from failure. */
export function Quiet({ title, status }: { title: string; status: Status | null }) {
  return (
    <div className="quiet">
      <p className="quiet-title">{title}</p>
      <StatusLine status={status} />
    </div>
  );
}

/** How many homes answer, and when something was last heard from any. */
export function StatusLine({ status }: { status: Status | null }) {
  const words = useWords();
  const now = useNow();
  if (status === null) return null;
  return (
    <p className="status-line">
      {words.board.answering(status.homesAnswering, status.homes)}{' '}
      {lastEventWords(status.lastEventAt, now, words)}
    </p>
  );
}

function lastEventWords(lastEventAt: number | null, now: number, words: Dictionary): string {
  if (lastEventAt === null) return words.board.noEvent;
  return words.board.lastEvent(now - lastEventAt < 1_000 ? null : spanOf(now - lastEventAt));
}
