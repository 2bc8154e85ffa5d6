import { clockTime } from '../clock/exact.ts';
import { spanOf } from '../clock/span.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { useLive } from './live-context.tsx';

import './stale.css';

/** Cries out that the picture is old. The counting is for the eye; the ear is told once. */
export function StaleBanner({ staleMs }: { staleMs: number | null }) {
  const words = useWords();
  const { clock } = useLive();
  const { timeZone } = useMe().municipality;
  return (
    <div role="alert" className="stale-slot">
      {staleMs !== null && (
        <div className="stale-banner">
          <p>
            <strong aria-hidden="true">{words.stale.silent(spanOf(staleMs))}</strong>
            <span className="visually-hidden">
              {words.stale.since(clockTime(clock.now() - staleMs, words.locale, timeZone))}
            </span>{' '}
            {words.stale.advice}
          </p>
          <button type="button" onClick={() => location.reload()}>
            {words.stale.reload}
          </button>
        </div>
      )}
    </div>
  );
}
