import type { HabitComparison } from '../../gateway/protocol/history/home-day.ts';
import type { HistoryWords } from '../text/history-sv.ts';

interface HabitReading {
  locale: string;
  words: HistoryWords;
  /** Whether the seven days end today. */
  isLatest: boolean;
}

type Habit = HabitComparison['habit'];

/** A number of this habit: a time of day, or so many. */
export function habitNumber(habit: Habit, value: number, { locale }: HabitReading): string {
  if (habit === 'rising') {
    const minutes = ((Math.round(value) % 1440) + 1440) % 1440;
    const two = (part: number) => String(part).padStart(2, '0');
    return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  }
  const maximumFractionDigits = habit === 'bathroom' ? 0 : 1;
  return new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value);
}

/** How it was, how it usually is, and within what; null where too few days tell it. */
export function habitSentence(one: HabitComparison, reading: HabitReading): string | null {
  const { habit, now, usual } = one;
  if (now === null || usual === null) return null;
  const { words, isLatest } = reading;
  const number = (value: number) => habitNumber(habit, value, reading);
  return `${words.habit.sentence(
    words.habit.name[habit],
    words.habit.value[habit](number(now)),
    isLatest ? words.habit.thisWeek : words.habit.thatWeek,
    number(usual.middle),
    number(usual.low),
    number(usual.high),
  )}.`;
}

/** Which way it differs, as one says it of this habit; or that it does not, or that too few days tell it. */
export function habitDifference(
  { habit, now, usual, differs, direction }: HabitComparison,
  { habit: said }: HistoryWords,
): string {
  if (now === null || usual === null) return said.notEnough;
  return differs && direction !== 'same' ? said[direction][habit] : said.same;
}
