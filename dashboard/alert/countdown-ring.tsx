import type { AlertView } from '../../gateway/protocol/alert.ts';
import { spanUntil } from '../clock/span.ts';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { nextWords, remainingShare } from './countdown.ts';

const radius = 8;
const circumference = 2 * Math.PI * radius;

/** What happens by itself unless somebody acts: a ring that empties, and the words of it. */
export function CountdownRing({ alert }: { alert: AlertView }) {
  const words = useWords();
  const now = useNow();
  const me = useMe();
  const { next } = alert;
  if (next === null) return null;

  const share = remainingShare(next, now);
  const left = next.at - now;
  const what = nextWords(next, { alert, meId: me.id, words });
  return (
    <p className="countdown" data-what={next.what}>
      <svg viewBox="0 0 20 20" className="countdown-ring" aria-hidden="true">
        <circle cx="10" cy="10" r={radius} className="countdown-track" />
        <circle
          cx="10"
          cy="10"
          r={radius}
          className="countdown-left"
          strokeDasharray={`${share * circumference} ${circumference}`}
          transform="rotate(-90 10 10)"
        />
      </svg>
      <span>{left > 0 ? words.next.in(spanUntil(left), what) : words.next.now(what)}</span>
    </p>
  );
}
