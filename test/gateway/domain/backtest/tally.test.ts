import { describe, expect, test } from 'vitest';

import { createTally, joinDays } from '../../../../gateway/domain/backtest/tally.ts';
import { day, found, local, real } from './given-found.ts';

const timeZone = 'Europe/Stockholm';
const home = { timeZone, residents: 1 };
const week = { from: local('2026-06-01T00:00'), to: local('2026-06-08T00:00') };

function tallyOf(span = week, operators = 1) {
  return createTally({ span, timeZone, operators });
}

describe('a tally', () => {
  test('counts by day, by resident and week, and by severity', () => {
    const tally = tallyOf();
    const alerts = [
      found(local('2026-06-01T12:00')),
      found(local('2026-06-01T13:00'), { rule: 'fall', severity: 'emergency' }),
      found(local('2026-06-03T12:00')),
    ];
    tally.add(home, alerts, [real(0), null, real(0, { outcome: 'false-alarm' })]);
    tally.add({ timeZone, residents: 2 }, [], []);
    expect(tally.summary()).toMatchObject({
      alerts: 3,
      perDay: 3 / 7,
      perResidentWeek: 1,
      bySeverity: { emergency: 1, high: 2, medium: 0, low: 0, technical: 0 },
      outcomes: { helped: 1, 'false-alarm': 1, none: 1, unanswered: 0, test: 0 },
    });
    expect(tally.rules()).toMatchObject([
      { rule: 'door', alerts: 2, perResidentWeek: 2 / 3, outcomes: { helped: 1, none: 0 } },
      { rule: 'fall', alerts: 1, perResidentWeek: 1 / 3, outcomes: { none: 1 } },
    ]);
    expect(tally.days().map(({ alerts: count }) => count)).toEqual([2, 0, 1, 0, 0, 0, 0]);
  });

  test('takes 22:00 to 06:00 of the home for night, the end excluded', () => {
    const tally = tallyOf();
    const times = [
      '2026-06-01T21:59:59',
      '2026-06-01T22:00',
      '2026-06-02T05:59:59',
      '2026-06-02T06:00',
    ];
    tally.add(
      home,
      times.map(local).map((at) => found(at)),
      [],
    );
    expect(tally.summary()).toMatchObject({ night: 2, day: 2 });
    expect(tally.rules()).toMatchObject([{ night: 2, day: 2 }]);
    // Where the clock is an hour behind it is still evening.
    const abroad = tallyOf();
    abroad.add({ timeZone: 'Europe/London', residents: 1 }, [found(local('2026-06-01T22:00'))], []);
    expect(abroad.summary()).toMatchObject({ night: 0, day: 1 });
  });

  test('has every date once, also the one that has 25 hours', () => {
    const span = { from: local('2026-10-24T12:00'), to: local('2026-10-26T12:00') };
    const tally = tallyOf(span);
    tally.add(home, [found(local('2026-10-25T23:30'))], []);
    expect(tally.days()).toEqual([
      { date: '2026-10-24', alerts: 0 },
      { date: '2026-10-25', alerts: 1 },
      { date: '2026-10-26', alerts: 0 },
    ]);
    expect(tally.summary().perDay).toBe(1 / (49 / 24));
  });

  test('ends with the last day that has begun', () => {
    expect(tallyOf({ from: week.from, to: week.from + day }).days()).toHaveLength(1);
    expect(tallyOf({ from: week.from, to: week.from + day + 1 }).days()).toHaveLength(2);
  });

  test('of a home where nobody lives divides by nothing', () => {
    const tally = tallyOf();
    tally.add({ timeZone, residents: 0 }, [found(week.from)], []);
    expect(tally.summary().perResidentWeek).toBe(0);
  });

  test('stands beside that of the rules of now, day by day', () => {
    const [candidate, current] = [tallyOf(), tallyOf()];
    current.add(home, [found(local('2026-06-02T12:00'))], []);
    expect(joinDays(candidate, current).slice(0, 2)).toEqual([
      { date: '2026-06-01', alerts: 0, current: 0 },
      { date: '2026-06-02', alerts: 0, current: 1 },
    ]);
    expect(joinDays(candidate, null)[0]?.current).toBeNull();
  });
});
