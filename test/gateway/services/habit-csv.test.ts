import { expect, test } from 'vitest';

import type { HabitComparison, HomeWeeks } from '../../../gateway/protocol/history/home-day.ts';
import { csvOfHabits } from '../../../gateway/services/habit-csv.ts';
import { givenDay } from '../protocol/history/given-day.ts';

const days = ['2026-11-16', '2026-11-22'].map((day) => givenDay({ day, from: 0, to: 0 }));
const counted = { now: 7, usual: 52 };
const habits: HabitComparison[] = [
  {
    habit: 'nights-up',
    differs: false,
    direction: 'same',
    now: 1.5,
    usual: { middle: 1, low: 0, high: 2.125 },
    days: counted,
  },
  {
    habit: 'rising',
    differs: true,
    direction: 'more',
    now: 485,
    usual: { middle: 425, low: 400.4, high: 449.6 },
    days: counted,
  },
  {
    habit: 'rooms',
    differs: false,
    direction: 'same',
    now: null,
    usual: { middle: 4, low: 3, high: 5 },
    days: { now: 2, usual: 52 },
  },
];
const weeks: HomeWeeks = {
  home: { id: 'home', label: 'Home', timeZone: 'Europe/Stockholm' },
  isConsented: true,
  consentedSince: 0,
  week: { days },
  compared: null,
  habits,
};

test('habits are rows of numbers and times, with the days they are of; too few days tell nothing, and not that nothing differs', () => {
  const [head, ...rows] = csvOfHabits(weeks, 'sv').trimEnd().split('\r\n');
  expect(head).toBe(
    '\uFEFFFrån och med;Till och med;Vana;Mått;Sju dagar;Vanligen;Tre dagar av fyra, från;Tre dagar av fyra, till;Dagar, nu;Dagar, före;Skiljer sig;Åt vilket håll',
  );
  const span = '2026-11-16;2026-11-22';
  expect(rows).toEqual([
    `${span};Uppe på natten;gånger per natt;1,5;1;0;2,13;7;52;nej;`,
    `${span};Stiger upp;klockslag;08:05;07:05;06:40;07:30;7;52;ja;senare`,
    `${span};Rum som används;rum per dag;;4;3;5;2;52;;`,
  ]);
  expect(csvOfHabits(weeks, 'en')).toContain('Gets up;time of day;08:05;');
});
