import type { AlertView } from '../../gateway/protocol/alert.ts';
import { spanOf, spanUntil } from '../clock/span.ts';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';

/** Who has it, and when they are there; or how it ended. */
export function Holder({ alert }: { alert: AlertView }) {
  const words = useWords();
  const now = useNow();
  const me = useMe();
  if (alert.state === 'resolved') return <p className="holder">{endWords(alert, now, words)}</p>;
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

function endWords({ outcome, resolvedAt }: AlertView, now: number, words: Dictionary): string {
  const ended = resolvedAt === null ? null : words.alert.resolvedAgo(spanOf(now - resolvedAt));
  const how = outcome === null ? null : words.alert.outcomes[outcome];
  return [how, ended].filter((part) => part !== null).join(', ');
}

function etaWords(words: Dictionary, etaAt: number, now: number): string {
  return etaAt > now
    ? words.alert.eta(spanUntil(etaAt - now))
    : words.alert.etaPassed(spanOf(now - etaAt));
}
