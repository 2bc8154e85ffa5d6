import type { TimelineEntry } from '../../gateway/protocol/alert.ts';
import { PressableTimeAgo } from '../clock/time-ago.tsx';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import { askedWords } from './asked.ts';
import { withoutRenewals } from './renewal.ts';

/** All that happened to an alert, in order. */
export function Timeline({ entries: all }: { entries: readonly TimelineEntry[] }) {
  const words = useWords();
  const me = useMe();
  const entries = withoutRenewals(all);
  return (
    <ol className="timeline">
      {entries.map((entry, index) => (
        <li key={`${entry.seq} ${entry.type} ${entry.by?.id ?? ''}`} data-type={entry.type}>
          <p>
            <strong>
              {isSameStep(entry, entries.slice(0, index))
                ? words.askedAgain
                : words.event[entry.type]}
            </strong>{' '}
            {detailWords(entry, me.id, words)}
          </p>
          {entry.text !== null && <blockquote>{entry.text}</blockquote>}
          <PressableTimeAgo at={entry.at} />
        </li>
      ))}
    </ol>
  );
}

function detailWords(entry: TimelineEntry, meId: string, words: Dictionary): string {
  const asked = askedWords(entry.asked, { meId, words });
  const details = [
    peopleWords(entry, words),
    entry.channel === null ? null : words.channel[entry.channel],
    entry.severity === null ? null : words.severity[entry.severity],
    entry.step === null ? null : words.step(entry.step + 1),
    entry.outcome === null ? null : words.alert.outcomes[entry.outcome],
    asked === null ? null : words.asks(asked),
    entry.reason === null ? null : words.reason[entry.reason],
  ];
  return details.filter((detail) => detail !== null).join(' · ');
}

/** Who did it, and to or from whom. */
function peopleWords({ type, by, other }: TimelineEntry, words: Dictionary): string | null {
  if (other === null) return by?.name ?? null;
  const relation = type === 'taken-over' ? words.other.from : words.other.to;
  return [by?.name, relation(other.name)].filter((part) => part !== undefined).join(' ');
}

/** The last step of a chain is taken again and again. */
function isSameStep(entry: TimelineEntry, earlier: readonly TimelineEntry[]): boolean {
  if (entry.type !== 'escalated') return false;
  return earlier.findLast(({ type }) => type === 'escalated')?.step === entry.step;
}
