import type { AlertView } from '../../gateway/protocol/alert.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { useWords } from '../text/language-context.tsx';

/** Why an alert asks nobody, and until when. */
export function Held({ alert: { held } }: { alert: AlertView }) {
  const words = useWords();
  const clock = useClockWords();
  if (held === null) return null;
  return (
    <p className="waits-for">{words.held.until(words.held.why[held.why], clock(held.until))}</p>
  );
}
