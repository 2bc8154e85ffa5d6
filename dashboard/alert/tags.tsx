import type { AlertView } from '../../gateway/protocol/alert.ts';
import { spanOf } from '../clock/span.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { isCalling } from './order.ts';

/** The small facts that change how an alert is to be read. */
export function Tags({ alert }: { alert: AlertView }) {
  const words = useWords();
  const now = useNow();
  const tags = [
    alert.isTest ? words.alert.test : null,
    alert.lateMs === null ? null : words.alert.late(spanOf(alert.lateMs)),
    alert.repeats > 0 ? words.alert.repeated(alert.repeats) : null,
    alert.clearedAt === null ? null : words.alert.clearedAgo(spanOf(now - alert.clearedAt)),
    alert.audience === 'municipality' && isCalling(alert) ? words.alert.wholeMunicipality : null,
  ].filter((tag) => tag !== null);
  if (tags.length === 0) return null;
  return (
    <ul className="tags">
      {tags.map((tag) => (
        <li key={tag}>{tag}</li>
      ))}
    </ul>
  );
}
