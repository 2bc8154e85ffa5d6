import type { HomeDay } from '../../gateway/protocol/history/home-day.ts';
import { isKnown } from '../../gateway/protocol/history/known-day.ts';
import { hoursTooMany } from '../clock/zoned.ts';
import { capital, dayFacts, type Told } from './day-words.ts';

interface DayFactsProps {
  day: HomeDay;
  told: Told;
  isToday: boolean;
}

/** A day in one line: its night, its alerts, and whether more is to come. */
export function DayFacts({ day, told, isToday }: DayFactsProps) {
  const { week } = told.words;
  const more = hoursTooMany({ ...day, date: day.day });
  const facts = [
    isKnown(day) ? dayFacts(day, told) : week.nothing,
    more === 0 ? '' : week.hours(24 + more),
  ].filter((part) => part !== '');
  const state = isToday ? week.ongoing : week.incomplete;
  // Of a day of which nothing is known one does not say that a part is missing.
  const isTold = !day.isComplete && (isToday || isKnown(day));
  return (
    <>
      {facts.join(' · ')}
      {isTold && <em className="day-state">{capital(state)}</em>}
    </>
  );
}
