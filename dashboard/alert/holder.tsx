import type { AlertView } from '../../gateway/protocol/alert.ts';
import { spanOf, spanUntil } from '../clock/span.ts';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';

/** Who has it, and when they are there. */
export function Holder({ alert }: { alert: AlertView }) {
  const words = useWords();
  const now = useNow();
  const me = useMe();
  if (alert.acceptedBy === null || alert.state === 'firing') return null;
  const isMine = alert.acceptedBy.id === me.id;
  const { name } = alert.acceptedBy;
  if (alert.state === 'on-site') {
    return <p className="holder">{isMine ? words.alert.arrivedMe : words.alert.arrived(name)}</p>;
  }
  const has = isMine ? words.alert.mine : words.alert.has(name);
  return (
    <p className="holder">
      {alert.etaAt === null ? has : `${has}, ${etaWords(words, alert.etaAt, now)}`}
    </p>
  );
}

function etaWords(words: Dictionary, etaAt: number, now: number): string {
  return etaAt > now
    ? words.alert.eta(spanUntil(etaAt - now))
    : words.alert.etaPassed(spanOf(now - etaAt));
}
