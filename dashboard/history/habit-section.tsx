import type { HabitComparison } from '../../gateway/protocol/history/home-day.ts';
import { habitsFile } from '../api/history-api.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { habitDifference, habitNumber, habitSentence } from './habit-words.ts';

interface HabitSectionProps {
  homeId: string;
  habits: readonly HabitComparison[];
  /** The last of the seven days. */
  to: string;
  /** Whether the seven days end today. */
  isLatest: boolean;
}

/** What of these days differs from the home's own weeks before, in numbers; nothing is judged. */
export function HabitSection({ homeId, habits, to, isLatest }: HabitSectionProps) {
  const { words, language } = useSpeech();
  const { history, locale } = words;
  const said = history.habit;
  const reading = { locale, words: history, isLatest };
  const comparable = habits.filter(({ now, usual }) => now !== null && usual !== null);
  const differing = comparable.filter(({ differs }) => differs);
  return (
    <section aria-labelledby="habits" className="habits">
      <h2 id="habits">{said.title}</h2>
      {comparable.length === 0 && <p>{said.tooFew}</p>}
      {comparable.length > 0 && differing.length === 0 && <p>{said.none}</p>}
      {differing.length > 0 && (
        <ul className="habit-list">
          {differing.map((one) => (
            <li key={one.habit}>{habitSentence(one, reading)}</li>
          ))}
        </ul>
      )}
      <p className="field-note">{said.about}</p>
      {habits.length > 0 && (
        <details className="history-fold">
          <summary>{said.all}</summary>
          <FigureTable
            caption={said.caption}
            heads={[
              said.columns.habit,
              said.columns.now,
              said.columns.usual,
              said.columns.range,
              `${said.columns.days} (${said.daysAbout})`,
              said.columns.differs,
            ]}
            rows={habits.map((one) => {
              const { habit, now, usual, days } = one;
              const number = (value: number) => habitNumber(habit, value, reading);
              return {
                key: habit,
                cells: [
                  said.name[habit],
                  now === null ? history.week.notKnown : said.value[habit](number(now)),
                  usual === null ? history.week.notKnown : number(usual.middle),
                  usual === null
                    ? history.week.notKnown
                    : `${number(usual.low)}–${number(usual.high)}`,
                  said.days(days.now, days.usual),
                  habitDifference(one, history),
                ],
              };
            })}
          />
        </details>
      )}
      {habits.length > 0 && (
        <a href={habitsFile(homeId, to, language)} download className="history-file">
          {history.file(said.comparisons)}
        </a>
      )}
    </section>
  );
}
