import { expect, test } from 'vitest';

import type { HomeDay } from '../../../gateway/protocol/history/home-day.ts';
import { csvOfDay, csvOfTrends, csvOfWeeks } from '../../../gateway/services/history-csv.ts';
import { givenDay } from '../protocol/history/given-day.ts';

const timeZone = 'Europe/Stockholm';
const home = { id: 'home', label: 'Home', timeZone };
const quarter = 900_000;
/** Of 25 hours. */
const autumn = givenDay({
  day: '2026-10-25',
  from: Date.parse('2026-10-24T22:00:00Z'),
  to: Date.parse('2026-10-25T23:00:00Z'),
});

/** Each row by its heads. */
function rowsOf(file: string): Record<string, string>[] {
  const [head = '', ...lines] = file.replace('\uFEFF', '').trimEnd().split('\r\n');
  const heads = head.split(';');
  return lines.map((line) =>
    Object.fromEntries(line.split(';').map((cell, i) => [heads[i], cell])),
  );
}

function weeksOf(day: HomeDay, given: { since: number; now: number }) {
  const file = csvOfWeeks(
    {
      home,
      isConsented: true,
      consentedSince: given.since,
      week: { days: [day] },
      compared: null,
      habits: [],
    },
    { language: 'en', now: given.now },
  );
  return rowsOf(file)[0];
}

test('a day of which nothing is known is so all through, and has no 0 that could be taken for a count', () => {
  const unknown = {
    'Signs of life': '',
    'Paused, min': '',
    'Up at night, times': '',
    Rooms: '',
    'The day is over': '',
  };
  const after = autumn.to + quarter;
  expect(weeksOf(autumn, { since: autumn.to, now: after })).toMatchObject({
    ...unknown,
    'Nothing known, min': '1500',
    Alerts: '',
  });
  // That there was no alert is known of a home that is followed, heard or not.
  expect(weeksOf(autumn, { since: 0, now: after })).toMatchObject({ ...unknown, Alerts: '0' });
  const begun = weeksOf(autumn, { since: 0, now: autumn.from + quarter });
  expect(begun).toMatchObject({ ...unknown, 'Nothing known, min': '15' });
  const quiet = weeksOf({ ...autumn, activity: 3 }, { since: 0, now: after });
  expect(quiet).toMatchObject({
    'Signs of life': '3',
    'Paused, min': '0',
    'Nothing known, min': '0',
  });
});

test('the hour that comes twice is told apart in every file', () => {
  const twice = ['2026-10-25 02:00 +02:00', '2026-10-25 02:00 +01:00'];
  const [first, second] = twice;
  const at = autumn.from + 8 * quarter;
  const again = at + 4 * quarter;
  expect(
    weeksOf({ ...autumn, wentToBedAt: at, roseAt: again }, { since: 0, now: autumn.to }),
  ).toMatchObject({ 'Went to bed': first, Rose: second });
  const counts = Array.from({ length: 100 }, (_, index) => (index === 8 || index === 12 ? 1 : 0));
  const rows = [{ room: 'hall', lane: 'motion', counts }];
  const day = { ...autumn, home, isConsented: true, bucketMs: quarter, rows };
  expect(rowsOf(csvOfDay(day, 'en')).map(({ From }) => From)).toEqual(twice);
  const points = [at, again].map((when) => ({
    at: when,
    count: 1,
    mean: 20,
    min: 20,
    max: 20,
    sum: 20,
    last: 20,
  }));
  const trend = { measurement: 'temperature', field: 'celsius', unit: '°C', tags: {}, points };
  const { from, to } = autumn;
  const trends = [{ ...trend, device: null, forecast: null }];
  const list = { from, to, timeZone, step: 'hour' as const, trends, isWithheld: false };
  expect(rowsOf(csvOfTrends(list, 'en')).map(({ Time }) => Time)).toEqual(twice);
});
