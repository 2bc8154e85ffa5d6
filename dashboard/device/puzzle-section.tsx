import type { NotUnderstoodView } from '../../gateway/protocol/device/hub.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useWords } from '../text/language-context.tsx';

/** What it says that has no meaning here, and how often. */
export function PuzzleSection({ puzzles }: { puzzles: readonly NotUnderstoodView[] }) {
  const said = useWords().fleet.device;
  if (puzzles.length === 0) return null;
  return (
    <section aria-labelledby="puzzles">
      <h2 id="puzzles">{said.puzzles}</h2>
      <p className="page-about">{said.puzzlesAbout}</p>
      <ul className="rows">
        {puzzles.map(({ what, example, count, lastAt }) => (
          <li key={what} className="device-line">
            <p>
              <code>{what}</code> {example !== '' && <code className="label">{example}</code>}
            </p>
            <p className="label">
              {said.times(count)} · <TimeAgo at={lastAt} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
