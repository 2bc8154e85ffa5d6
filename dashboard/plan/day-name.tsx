import { hoursTooMany, type ZonedDay } from '../clock/zoned.ts';
import { useWords } from '../text/language-context.tsx';
import { useTold } from './use-told.ts';
import { clockChangeWords, dateWords } from './when.ts';

/** A day of the week, and what the clocks do on it. */
export function DayName({ day }: { day: ZonedDay }) {
  const { hours } = useWords().plan;
  const told = useTold();
  const change = clockChangeWords(day.date, told);
  return (
    <>
      {dateWords(day.date, told.locale, 'short')}
      {change !== null && (
        <span className="clock-change">{` ${hours.long(24 + hoursTooMany(day))}, ${change}`}</span>
      )}
    </>
  );
}
