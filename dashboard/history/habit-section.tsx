import type { HabitComparison } from '../../gateway/protocol/history/home-day.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { useWords } from '../text/language-context.tsx';
import { habitDifference, habitNumber, habitSentence } from './habit-words.ts';

interface HabitSectionProps {
  habits: readonly HabitComparison[];
  /** Whether the seven days end today. */
  isLatest: boolean;
}

/** What of these days differs from the home's own weeks before, in numbers; nothing is judged. */
export function HabitSection({ habits, isLatest }: HabitSectionProps) {
  const { history, locale } = useWords();
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
    </section>
  );
}
