import type { TimelineEntry } from '../../gateway/protocol/alert.ts';
import { PressableTimeAgo } from '../clock/time-ago.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';

/** All that happened to an alert, in order. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const words = useWords();
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
            {detailWords(entry, words)}
          </p>
          {isQuote(entry) && <blockquote>{entry.text}</blockquote>}
          <PressableTimeAgo at={entry.at} />
        </li>
      ))}
    </ol>
  );
}

function detailWords(entry: TimelineEntry, words: Dictionary): string {
  const details = [
    entry.by?.name ?? null,
    entry.severity === null ? null : words.severity[entry.severity],
    entry.step === null ? null : words.step(entry.step + 1),
    entry.outcome === null ? null : words.alert.outcomes[entry.outcome],
    isQuote(entry) ? null : reasonWords(entry.text, words),
  ];
  return details.filter((detail) => detail !== null).join(' · ');
}

/** The last step of a chain is taken again and again. */
function isSameStep(entry: TimelineEntry, earlier: readonly TimelineEntry[]): boolean {
  if (entry.type !== 'escalated') return false;
  return earlier.findLast(({ type }) => type === 'escalated')?.step === entry.step;
}

/** People's own words are told as they are; the gateway's reasons in the reader's language. */
function isQuote({ type, text }: TimelineEntry): boolean {
  return text !== null && (type === 'commented' || type === 'resolved');
}

function reasonWords(reason: string | null, words: Dictionary): string | null {
  const known: Partial<Record<string, string>> = words.reason;
  return reason === null ? null : (known[reason] ?? reason);
}
