import type { DeviceView } from '../../gateway/protocol/api.ts';
import { spanOf, spanUntil } from '../clock/span.ts';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import { ConditionMark } from './condition-mark.tsx';
import { conditionOf, type Condition } from './condition.ts';

const warnBeforeMs = 10 * 60_000;

/** How a device is, in a mark and words. */
export function ConditionWords({ device, now }: { device: DeviceView; now: number }) {
  const words = useWords();
  const condition = conditionOf(device, now);
  const more = silenceWords(device, now, words);
  return (
    <p className="condition" data-condition={condition}>
      <ConditionMark condition={condition} />
      <span>
        {conditionWord(condition, words)}
        {more !== null && <small>{more}</small>}
      </span>
    </p>
  );
}

function conditionWord(condition: Condition, words: Dictionary): string {
  switch (condition) {
    case 'silent':
      return words.device.silent;
    case 'low-battery':
      return words.device.lowBattery;
    case 'disconnected':
      return words.device.disconnected;
    case 'unsupervised':
      return words.device.unsupervised;
    case 'ok':
      return words.device.ok;
  }
}

function silenceWords({ silentAt }: DeviceView, now: number, words: Dictionary): string | null {
  if (silentAt === null || silentAt - now > warnBeforeMs) return null;
  return silentAt <= now
    ? words.device.silentSince(spanOf(now - silentAt))
    : words.device.soonSilent(spanUntil(silentAt - now));
}
