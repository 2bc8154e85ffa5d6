import { describe, expect, test } from 'vitest';

import { momentOf, toldBy, valueOf } from '../../../dashboard/chart/line-words.ts';
import {
  bandWords,
  dateName,
  dayFacts,
  dayName,
  weekName,
} from '../../../dashboard/history/day-words.ts';
import { habitDifference, habitSentence } from '../../../dashboard/history/habit-words.ts';
import { hourSums } from '../../../dashboard/history/room-hour.ts';
import { groupsOf, linesOf } from '../../../dashboard/history/trend.ts';
import { weekAfter, weeksBefore, wishedDay } from '../../../dashboard/history/week-choice.ts';
import { historyEn } from '../../../dashboard/text/history-en.ts';
import { historySv } from '../../../dashboard/text/history-sv.ts';
import type { HabitComparison } from '../../../gateway/protocol/history/home-day.ts';
import type { Trend } from '../../../gateway/protocol/series/series.ts';
import { homeDay, timeZone } from './home-day.ts';

const swedish = { timeZone, locale: 'sv-SE', words: historySv };
const english = { timeZone, locale: 'en-GB', words: historyEn };
const hour = 3_600_000;

describe('a day in words', () => {
  const day = {
    ...homeDay('2026-11-18', { bands: [['rest', -1.5, 6.75]], alerts: [['door', 2]] }),
    nightsUp: 2,
    upMinutes: 75,
  };
  const night = { ...day, wentToBedAt: day.from - 1.5 * hour, roseAt: day.from + 6.75 * hour };

  test('tells the night that ends in it, and its alerts', () => {
    expect(dayFacts(night, swedish)).toBe(
      'I säng 22:30–06:45, uppe 2 gånger på natten, 1\u00a0h 15\u00a0min, 1 larm',
    );
    expect(dayFacts(night, english)).toBe(
      'In bed 22:30–06:45, up twice at night, 1\u00a0h 15\u00a0min, 1 alert',
    );
  });

  test('leaves out what no sensor tells', () => {
    expect(dayFacts({ ...day, nightsUp: null }, swedish)).toBe('1 larm');
    expect(dayFacts({ ...night, nightsUp: null, roseAt: null }, swedish)).toBe(
      'I säng 22:30, 1 larm',
    );
    expect(dayFacts({ ...night, nightsUp: null, wentToBedAt: null }, swedish)).toBe(
      'Upp 06:45, 1 larm',
    );
    expect(dayFacts(homeDay('2026-11-18'), swedish)).toBe('');
  });

  test('says of a stretch what, when and for how long, and whether it is estimated', () => {
    const [band] = day.bands;
    if (band === undefined) throw new Error('The day has a stretch.');
    expect(bandWords(band, swedish)).toBe('Vila 22:30–06:45, 8\u00a0h 15\u00a0min');
    expect(bandWords({ ...band, isEstimated: true }, english)).toBe(
      'Rest 22:30–06:45, 8\u00a0h 15\u00a0min, estimated',
    );
  });

  test('gives no cause for what is not known, and takes what is empty for no certainty', () => {
    const [band] = day.bands;
    if (band === undefined) throw new Error('The day has a stretch.');
    expect(bandWords({ ...band, kind: 'unheard' }, swedish)).toMatch(/^Inget känt 22:30/);
    expect(bandWords({ ...band, kind: 'unheard' }, english)).toMatch(/^Nothing known 22:30/);
    expect(historySv.week.bandAbout.unheard).toContain('följdes inte än');
    expect(historySv.week.otherwise).not.toContain('hemma och vaken');
  });

  test('says that the home was paused, for how long, and not why', () => {
    const paused = homeDay('2026-11-18', {
      bands: [
        ['paused', 0, 7],
        ['paused', 12, 14.5],
      ],
    });
    expect(dayFacts(paused, swedish)).toBe('Pausat 9\u00a0h 30\u00a0min');
    expect(dayFacts(paused, english)).toBe('Paused 9\u00a0h 30\u00a0min');
    const [band] = paused.bands;
    expect(band && bandWords(band, swedish)).toBe('Pausat 00:00–07:00, 7\u00a0h');
  });

  test('has the name of its own calendar day', () => {
    const long = { length: 'long', today: '2026-11-22' } as const;
    expect(dayName('2026-11-18', 'sv-SE', long)).toBe('onsdag 18 november');
    expect(dayName('2025-12-31', 'sv-SE', long)).toBe('onsdag 31 december 2025');
    expect(dateName('2025-12-31', 'sv-SE', '2026-01-03')).toBe('31 dec. 2025');
    expect(dateName('2026-01-03', 'en-GB', '2026-01-03')).toBe('3 Jan');
  });
});

describe('seven days', () => {
  const name = (from: string, to: string, told = swedish) =>
    weekName({ from, to }, told, '2026-11-22');

  test('from Monday to Sunday are called by the number of their week, as care work is planned', () => {
    expect(name('2026-11-16', '2026-11-22')).toBe('v. 47, 16 nov. – 22 nov.');
    expect(name('2026-11-16', '2026-11-22', english)).toBe('week 47, 16 Nov – 22 Nov');
    expect(name('2025-12-29', '2026-01-04')).toBe('v. 1, 29 dec. 2025 – 4 jan.');
    expect(name('2020-12-28', '2021-01-03')).toBe('v. 53, 28 dec. 2020 – 3 jan. 2021');
  });

  test('of two weeks are called by their dates', () => {
    expect(name('2026-11-15', '2026-11-21')).toBe('15 nov. – 21 nov.');
    expect(name('2026-11-17', '2026-11-23')).toBe('17 nov. – 23 nov.');
  });
});

describe('a habit', () => {
  const nights: HabitComparison = {
    habit: 'nights-up',
    differs: true,
    direction: 'more',
    now: 3,
    usual: { middle: 1, low: 0, high: 2 },
    days: { now: 7, usual: 52 },
  };
  const reading = { locale: 'sv-SE', words: historySv, isLatest: true };

  test('is a sentence with its numbers and no judgement', () => {
    expect(habitSentence(nights, reading)).toBe(
      'Uppe på natten: 3 gånger per natt den här veckan, vanligen 1 (0–2).',
    );
    expect(habitSentence(nights, { locale: 'en-GB', words: historyEn, isLatest: false })).toBe(
      'Up at night: 3 times a night that week, usually 1 (0–2).',
    );
  });

  test('of rising is a time of day', () => {
    const rising = {
      ...nights,
      habit: 'rising' as const,
      now: 485,
      usual: { middle: 425, low: 400.4, high: 449.6 },
    };
    expect(habitSentence(rising, reading)).toBe(
      'Stiger upp: omkring 08:05 den här veckan, vanligen 07:05 (06:40–07:30).',
    );
  });

  test('differs in the direction that one says of it: nobody rises "more"', () => {
    const rising = { ...nights, habit: 'rising' as const };
    expect(habitDifference(rising, historySv)).toBe('senare');
    expect(habitDifference({ ...rising, direction: 'less' }, historySv)).toBe('tidigare');
    expect(habitDifference({ ...nights, differs: false }, historySv)).toBe('nej');
    expect(habitDifference({ ...nights, usual: null }, historySv)).toBe('för få dagar');
  });

  test('says nothing where too few days tell it', () => {
    expect(habitSentence({ ...nights, now: null }, reading)).toBeNull();
    expect(habitSentence({ ...nights, usual: null }, reading)).toBeNull();
  });
});

test('the hour that comes twice is told apart where a line is read', () => {
  const reading = { ...swedish, unit: '°C' };
  const first = Date.UTC(2026, 9, 25, 0);
  expect(momentOf(first, 'hour', reading)).toMatch(/ 02:00$/);
  expect(momentOf(first + hour, 'hour', reading)).toMatch(/ 02:00 \(andra gången\)$/);
  expect(momentOf(first + 2 * hour, 'hour', reading)).toMatch(/ 03:00$/);
});

test('the hours of a day with 25 of them are told apart, and lose nothing', () => {
  const day = homeDay('2026-10-25', { alerts: [['door', 2.5]] });
  const sums = hourSums({
    ...day,
    home: { id: 'home', label: 'Home', timeZone },
    isConsented: true,
    bucketMs: hour / 4,
    rows: [{ room: 'kitchen', lane: 'motion', counts: Array.from({ length: 100 }, () => 1) }],
  });
  expect(sums.map(({ clock }) => clock).slice(0, 5)).toEqual(['00', '01', '02', '02', '03']);
  expect(sums.flatMap(({ isAgain }, index) => (isAgain ? [index] : []))).toEqual([3]);
  expect(sums.flatMap((one) => one.sums).reduce((sum, one) => sum + one, 0)).toBe(100);
  expect(sums.flatMap(({ alerts }, index) => (alerts.length > 0 ? [index] : []))).toEqual([2]);
});

test('weeks to compare with keep their weekdays', () => {
  const weeks = weeksBefore('2026-11-22');
  expect(weeks[0]).toEqual({ from: '2026-11-09', to: '2026-11-15', weeksBefore: 1 });
  expect(weeks.at(-1)).toMatchObject({ to: '2025-11-23', weeksBefore: 52 });
  expect(weekAfter('2026-11-10', '2026-11-22')).toBe('2026-11-17');
  expect(weekAfter('2026-11-20', '2026-11-22')).toBe('2026-11-22');
});

describe('measured values', () => {
  const point = { at: 0, count: 4, mean: 21.44, min: 20.9, max: 22, sum: 85.8, last: 21 };

  test('are told with their unit and what they lay between', () => {
    const reading = { ...swedish, unit: '°C' };
    expect(toldBy('Sovrum', point, reading)).toBe('Sovrum 21,4 °C (mellan 20,9 och 22,0 °C)');
    expect(toldBy('Sovrum', { ...point, min: 21.44, max: 21.44 }, reading)).toBe('Sovrum 21,4 °C');
    expect(valueOf(41.6, { ...english, unit: '%' })).toBe('42 %');
    expect(valueOf(180.4, { ...english, unit: '' })).toBe('180');
  });

  const trend = (measurement: string, id: string, placement: string | null): Trend => ({
    measurement,
    field: 'celsius',
    unit: '°C',
    tags: {},
    points: [point],
    device: { id, name: `Sensor ${id}`, placement },
    forecast: null,
  });

  test('of one kind share a picture, and each line has a name of its own', () => {
    const all = [
      trend('temperature', '1', 'bedroom'),
      trend('humidity', '1', 'bedroom'),
      trend('temperature', '2', 'bedroom'),
      trend('temperature', '3', null),
      { ...trend('power', '4', 'hall'), points: [] },
    ];
    const groups = groupsOf(all);
    expect(groups.map(({ key, trends }) => [key, trends.length])).toEqual([
      ['temperature.celsius', 3],
      ['humidity.celsius', 1],
    ]);
    const names = linesOf(groups[0]?.trends ?? [], (placement) => placement).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['bedroom (Sensor 1)', 'bedroom (Sensor 2)', 'Sensor 3']);
  });
});

test('an address may ask for any day that has been, and what it asks for besides is today', () => {
  const today = '2026-11-22';
  expect(wishedDay('2025-12-31', today)).toBe('2025-12-31');
  expect(wishedDay(today, today)).toBe(today);
  for (const nonsense of [null, '', 'x', '2026-02-30', '2026-11-23', '9999-12-31', '0000-01-01']) {
    expect(wishedDay(nonsense, today)).toBeNull();
  }
});
