import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Me } from '../../gateway/protocol/api.ts';
import { spanOf } from '../clock/span.ts';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { unitWords } from './where.ts';

/** The small facts that change how an alert is to be read. */
export function Tags({ alert }: { alert: AlertView }) {
  const words = useWords();
  const now = useNow();
  const me = useMe();
  const tags = [
    saysUnit(alert, me) ? unitWords(alert, me) : null,
    alert.lateMs === null ? null : words.alert.late(spanOf(alert.lateMs)),
    alert.repeats > 0 ? words.alert.repeated(alert.repeats) : null,
    alert.clearedAt === null ? null : words.alert.clearedAgo(spanOf(now - alert.clearedAt)),
  ].filter((tag) => tag !== null);
  if (tags.length === 0 && !alert.isTest) return null;
  return (
    <ul className="tags">
      {alert.isTest && <li className="test-mark">{words.duty.board.testMark}</li>}
      {tags.map((tag) => (
        <li key={tag}>{tag}</li>
      ))}
    </ul>
  );
}

/** Those who work in one unit know which it is; an alert of no home is told by its unit already. */
function saysUnit({ home, municipality }: AlertView, me: Me): boolean {
  if (home === null) return false;
  return me.units.length !== 1 || municipality.id !== me.municipality.id;
}
