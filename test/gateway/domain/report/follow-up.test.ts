import { describe, expect, test } from 'vitest';

import type { Span } from '../../../../gateway/domain/history.ts';
import { followUpOf } from '../../../../gateway/domain/report/follow-up.ts';
import { periodOf } from '../../../../gateway/domain/report/period.ts';
import { unit } from '../duty/given-arrangements.ts';
import { alert, facts, from, home, hour, minute, report, span, to, zone } from './given-facts.ts';

const second = 1_000;
const day = 24 * hour;
const ids = ['a', 'b', 'c', 'd', 'e'];
const homes = ids.map((id) => home(id));
const units = facts().units;

function judged(homeId: string, outcome: 'false-alarm' | 'helped', index: number) {
  const raisedAt = from + index * hour;
  const endedAt = raisedAt + minute;
  const deviceId = `button-${homeId}`;
  return alert({ homeId, deviceId, raisedAt, endedAt, resolvedAt: endedAt, outcome });
}

describe('a target', () => {
  const within = (some: Parameters<typeof alert>[0], at: number) =>
    report(facts({ homes, alerts: [alert(some)] }), null, at).responses[0]?.within.map(
      ({ share }) => share,
    );

  test('is met up to its last instant', () => {
    expect(within({ homeId: 'a', acceptedAt: from + 30 * second }, to)).toEqual([1, 1, 1]);
    expect(within({ homeId: 'a', acceptedAt: from + 30 * second + 1 }, to)).toEqual([0, 1, 1]);
  });

  test('is not asked of an alert that has not had the time', () => {
    expect(within({ homeId: 'a' }, from + 60 * second - 1)).toEqual([0, null, null]);
    expect(within({ homeId: 'a' }, from + 60 * second)).toEqual([0, 0, null]);
  });

  test('is not asked of one that left by itself, or was held back, before it had passed', () => {
    const quietAt = from + 60 * second - 1;
    expect(within({ homeId: 'a', quietAt }, to)).toEqual([0, null, null]);
    // Somebody took it all the same.
    expect(within({ homeId: 'a', quietAt, acceptedAt: from + 200 * second }, to)).toEqual([
      0,
      null,
      null,
    ]);
  });

  test('is missed by what somebody ended without having accepted it', () => {
    expect(within({ homeId: 'a', endedAt: from + second }, to)).toEqual([0, 0, 0]);
  });
});

test('a month is whole once it is over, and some days of it never are', () => {
  const october = periodOf({ from: '2026-10-01', to: '2026-10-31' }, zone);
  const isWhole = (of: Span, at: number) =>
    followUpOf(facts({ homes }), { span: of, unitId: null, at }).isWholeMonths;
  expect(isWhole(october, october.to - 1)).toBe(false);
  expect(isWhole(october, october.to)).toBe(true);
  expect(isWhole(span, to)).toBe(false);
});

describe('noisy devices', () => {
  const noisyOf = (...outcomes: ('false-alarm' | 'helped')[]) =>
    report(
      facts({
        homes,
        alerts: outcomes.map((outcome, index) => judged('a', outcome, index)),
        deviceNames: new Map([['button-a', 'Larmknapp']]),
      }),
    ).noisyDevices;

  test('are those that were false more often than not, once three have been judged', () => {
    expect(noisyOf('false-alarm', 'false-alarm')).toEqual([]);
    expect(noisyOf('false-alarm', 'false-alarm', 'helped', 'helped')).toEqual([]);
    expect(noisyOf('false-alarm', 'helped', 'false-alarm')).toEqual([
      { id: 'button-a', name: 'Larmknapp', homeLabel: 'Storgatan a', alerts: 3, falseAlarms: 2 },
    ]);
  });
});

describe('the load of a unit', () => {
  const checkIn = units.map((one) => ({ ...one, duty: 'check-in' as const }));
  const duty = (personId: string) => ({ unitId: 'day', personId, from, to });

  test('is shared by those on duty, each counted once', () => {
    const alerts = Array.from({ length: 12 }, (_, index) =>
      alert({ homeId: ids[index % 5] ?? '', raisedAt: from + index * second, need: String(index) }),
    );
    const loadOf = (...people: string[]) =>
      report(facts({ homes, alerts, units: checkIn, duties: people.map(duty) })).loads[0];
    expect(loadOf('astrid')).toMatchObject({ mostInTenMinutes: 12, operators: 1 });
    expect(loadOf('astrid')?.floods).toHaveLength(1);
    expect(loadOf('astrid', 'astrid', 'bengt')).toMatchObject({
      mostInTenMinutes: 6,
      operators: 2,
      floods: [],
    });
  });

  test('is not halved because one comes as another leaves', () => {
    const change = from + 5 * minute;
    const duties = [
      { ...duty('astrid'), to: change },
      { ...duty('bengt'), from: change },
    ];
    const alerts = Array.from({ length: 12 }, (_, index) =>
      alert({
        homeId: ids[index % 5] ?? '',
        raisedAt: from + index * 40 * second,
        need: String(index),
      }),
    );
    const [load] = report(facts({ homes, alerts, units: checkIn, duties })).loads;
    expect(load).toMatchObject({ mostInTenMinutes: 12, operators: 1 });
    expect(load?.floods).toHaveLength(1);
  });

  test('tells of what chatters, goes stale, and where the most comes from', () => {
    const many = Array.from({ length: 11 }, (_, index) => home(`n${index}`));
    const alerts = [
      ...[0, 20, 40].map((seconds) =>
        alert({ homeId: 'n0', raisedAt: from + seconds * second, resolvedAt: from + minute }),
      ),
      ...many
        .slice(1)
        .map(({ id }) =>
          alert({ homeId: id, raisedAt: from + hour, resolvedAt: from + day + hour }),
        ),
      alert({ homeId: 'n10', raisedAt: from + hour, resolvedAt: from + day + hour + 1 }),
    ];
    expect(report(facts({ homes: many, alerts })).loads[0]).toMatchObject({
      chattering: 1,
      stale: 1,
      // Three, two, and one of each of the eight next of nine others.
      topTenShare: (3 + 2 + 8) / 14,
      bySeverity: [{ severity: 'high', alerts: 14 }],
    });
  });
});

describe('staffing', () => {
  const hours = { from: '22:00', to: '07:00' };
  const nightly = { lines: [{ unitId: 'night', hours }], exceptions: [] };
  const minutesOf = (given: Parameters<typeof facts>[0]) =>
    Object.fromEntries(
      report(facts({ homes, ...given })).staffing.map((row) => [
        row.unit.id,
        [row.responsibleMinutes, row.uncoveredMinutes],
      ]),
    );

  test('goes by the plan that was in force at the time', () => {
    // From the second Monday the night is another unit's: seven nights, of which the first and the last are cut at midnight.
    const plans = [{ at: from + 7 * day, document: nightly }];
    const night = 7 * 9 * 60;
    expect(minutesOf({ plans })).toEqual({
      day: [14 * 1_440 - night, null],
      night: [night, null],
    });
  });

  test('goes by whether a unit was to check in at the time', () => {
    const { name, kind, endpointId } = unit('day');
    const document = (duty: 'check-in' | 'always') => ({
      name,
      kind,
      endpointId,
      serves: [],
      duty,
    });
    const versions = [
      { at: from - 1, document: document('always') },
      { at: from + 10 * day, document: document('check-in') },
    ];
    const changed = units.map((one) => (one.id === 'day' ? { ...one, versions } : one));
    expect(minutesOf({ units: changed })).toEqual({ day: [14 * 1_440, 4 * 1_440] });
  });

  test('begins with the first home, and ends now', () => {
    const late = ids.map((id) => home(id, { createdAt: from + 2 * day }));
    const made = report(facts({ homes: late }), null, from + 3 * day);
    expect(made.staffing).toMatchObject([{ responsibleMinutes: 1_440 }]);
    expect(made.to).toBe(span.to);
    expect(made.residentDays).toBe(5 * 3);
  });
});
