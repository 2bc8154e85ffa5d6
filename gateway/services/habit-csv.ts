import type { HabitComparison, HomeWeeks } from '../protocol/history/home-day.ts';
import type { Language, Text } from '../protocol/text.ts';
import { type Cell, type Column, csvOf } from './csv.ts';

interface HabitWords {
  name: Text;
  /** What its numbers are. */
  unit: Text;
  more: Text;
  less: Text;
}

const words: Readonly<Record<HabitComparison['habit'], HabitWords>> = {
  'nights-up': {
    name: { sv: 'Uppe på natten', en: 'Up at night' },
    unit: { sv: 'gånger per natt', en: 'times a night' },
    more: { sv: 'oftare', en: 'more often' },
    less: { sv: 'mer sällan', en: 'less often' },
  },
  rising: {
    name: { sv: 'Stiger upp', en: 'Gets up' },
    unit: { sv: 'klockslag', en: 'time of day' },
    more: { sv: 'senare', en: 'later' },
    less: { sv: 'tidigare', en: 'earlier' },
  },
  rooms: {
    name: { sv: 'Rum som används', en: 'Rooms used' },
    unit: { sv: 'rum per dag', en: 'rooms a day' },
    more: { sv: 'fler', en: 'more' },
    less: { sv: 'färre', en: 'fewer' },
  },
  bathroom: {
    name: { sv: 'Längsta besöket i badrummet', en: 'Longest bathroom visit' },
    unit: { sv: 'minuter', en: 'minutes' },
    more: { sv: 'längre', en: 'longer' },
    less: { sv: 'kortare', en: 'shorter' },
  },
};
const yes: Text = { sv: 'ja', en: 'yes' };
const no: Text = { sv: 'nej', en: 'no' };

/** A row for each habit of the seven days beside the eight weeks before them; empty where too few days tell it. */
export function csvOfHabits({ week: { days }, habits }: HomeWeeks, language: Language): string {
  const columns: Column<HabitComparison>[] = [
    { head: { sv: 'Från och med', en: 'From' }, cell: () => days[0]?.day ?? null },
    { head: { sv: 'Till och med', en: 'To' }, cell: () => days.at(-1)?.day ?? null },
    { head: { sv: 'Vana', en: 'Habit' }, cell: ({ habit }) => words[habit].name[language] },
    { head: { sv: 'Mått', en: 'Unit' }, cell: ({ habit }) => words[habit].unit[language] },
    { head: { sv: 'Sju dagar', en: 'Seven days' }, cell: (one) => valueOf(one, one.now) },
    { head: { sv: 'Vanligen', en: 'Usually' }, cell: (one) => valueOf(one, one.usual?.middle) },
    {
      head: { sv: 'Tre dagar av fyra, från', en: 'Three days of four, from' },
      cell: (one) => valueOf(one, one.usual?.low),
    },
    {
      head: { sv: 'Tre dagar av fyra, till', en: 'Three days of four, to' },
      cell: (one) => valueOf(one, one.usual?.high),
    },
    { head: { sv: 'Dagar, nu', en: 'Days, now' }, cell: (one) => one.days.now },
    { head: { sv: 'Dagar, före', en: 'Days, before' }, cell: (one) => one.days.usual },
    {
      head: { sv: 'Skiljer sig', en: 'Differs' },
      cell: ({ now, usual, differs }) =>
        now === null || usual === null ? null : (differs ? yes : no)[language],
    },
    {
      head: { sv: 'Åt vilket håll', en: 'Which way' },
      cell: ({ habit, direction, differs }) =>
        differs && direction !== 'same' ? words[habit][direction][language] : null,
    },
  ];
  return csvOf(columns, habits, language);
}

/** A time of day as spreadsheets read it, or a number to two decimals. */
function valueOf({ habit }: HabitComparison, value: number | null | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (habit !== 'rising') return Math.round(value * 100) / 100;
  return Temporal.PlainTime.from('00:00')
    .add({ minutes: Math.round(value) })
    .toString({ smallestUnit: 'minute' });
}
