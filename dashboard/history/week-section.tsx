import { Button } from '@midas-ds/components/button';

import type { HomeWeeks } from '../../gateway/protocol/history/home-day.ts';
import { weeksFile, type WeekWish } from '../api/history-api.ts';
import { addDays, wallOf } from '../clock/zoned.ts';
import { OneOf } from '../plan/choice.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { capital, dateName, type Told, weekName } from './day-words.ts';
import { firstOf, weekAfter, weeksBefore } from './week-choice.ts';
import { WeekRows } from './week-rows.tsx';
import { WeekTable } from './week-table.tsx';

const none = 'none';

interface WeekSectionProps {
  weeks: HomeWeeks;
  wish: WeekWish;
  told: Told;
  now: number;
  /** Whether another week is on its way. */
  isOld: boolean;
  onWish: (wish: WeekWish) => void;
}

/** One week, the ways to others, and one to compare it with. */
export function WeekSection({ weeks, wish, told, now, isOld, onWish }: WeekSectionProps) {
  const { language } = useSpeech();
  const { week, table, file } = told.words;
  const today = wallOf(now, told.timeZone).date;
  const { to, compare } = wish;
  const name = (last: string) => weekName({ from: firstOf(last), to: last }, told, today);
  const title = capital(name(to));
  // The week to compare with keeps its distance.
  const goTo = (next: string) => onWish({ to: next, compare: null });
  const comparedDays = weeks.compared?.days ?? null;
  return (
    <section aria-labelledby="week">
      <div className="section-top">
        <h2 id="week" aria-live="polite">
          {title}
        </h2>
        <div className="week-ways">
          <Button variant="secondary" size="medium" onPress={() => goTo(addDays(to, -7))}>
            {week.earlier}
          </Button>
          <Button
            variant="secondary"
            size="medium"
            isDisabled={to >= today}
            onPress={() => goTo(weekAfter(to, today))}
          >
            {week.later}
          </Button>
        </div>
      </div>
      <div className="week-compare">
        <OneOf
          label={week.compare}
          value={compare ?? none}
          options={[
            { id: none, name: week.noCompare },
            ...weeksBefore(to).map((one) => ({
              id: one.to,
              name: week.compareWith(
                dateName(one.from, told.locale, today),
                dateName(one.to, told.locale, today),
                one.weeksBefore,
              ),
            })),
          ]}
          onChange={(id) => onWish({ to, compare: id === none ? null : id })}
        />
      </div>
      <div className="week-box" data-old={isOld || undefined} aria-busy={isOld}>
        <WeekRows
          homeId={weeks.home.id}
          days={weeks.week.days}
          compared={comparedDays}
          told={told}
          now={now}
        />
      </div>
      <details className="history-fold">
        <summary>
          {table}
          <span className="visually-hidden">: {title}</span>
        </summary>
        <p className="field-note">{week.nightAbout}</p>
        <WeekTable caption={title} homeId={weeks.home.id} days={weeks.week.days} told={told} />
        {comparedDays !== null && compare !== null && (
          <WeekTable
            caption={capital(name(compare))}
            homeId={weeks.home.id}
            days={comparedDays}
            told={told}
          />
        )}
      </details>
      <a href={weeksFile(weeks.home.id, wish, language)} download className="history-file">
        {file(name(to))}
      </a>
    </section>
  );
}
