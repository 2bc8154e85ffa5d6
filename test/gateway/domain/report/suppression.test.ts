import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { gather } from '../../../../gateway/domain/report/gather.ts';
import type { AlertFact, ReportFacts } from '../../../../gateway/domain/report/report-source.ts';
import {
  type FollowUpReport,
  smallestGroup,
} from '../../../../gateway/protocol/report/follow-up.ts';
import { alert, anyFacts, facts, home, report } from './given-facts.ts';

function isNoneOrEnough(homes: Iterable<string>): boolean {
  const { size } = new Set(homes);
  return size === 0 || size >= smallestGroup;
}

const anySet = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 9 });

describe('groups of homes', () => {
  test('are never told, nor left of the total without any of them, when they are fewer than five homes', () => {
    const anyGroups = fc.array(anySet, { maxLength: 7 });
    fc.assert(
      fc.property(anyGroups, (sets) => {
        const groups = sets.map((homes) => ({ homes: new Set(homes) }));
        const { shown, gathered, isTooSmall } = gather(groups);
        for (const { homes } of shown) expect(homes.size).toBeGreaterThanOrEqual(smallestGroup);
        const rest = gathered.flatMap(({ homes }) => [...homes]);
        expect(isNoneOrEnough(rest)).toBe(!isTooSmall);
        if (isTooSmall) expect(shown).toEqual([]);
        const total = groups.filter(({ homes }) => homes.size > 0);
        expect(new Set([...shown, ...gathered])).toEqual(new Set(total));
      }),
    );
  });

  test('take the next smallest with them where they are too few together', () => {
    const of = (size: number, from = 0) => ({
      homes: new Set(Array.from({ length: size }, (_, index) => `h${from + index}`)),
    });
    const [one, six, nine] = [of(1), of(6, 10), of(9, 20)];
    expect(gather([nine, one, six])).toEqual({
      shown: [nine],
      gathered: [one, six],
      isTooSmall: false,
    });
  });

  test('are not told of a part when the other part is too small', () => {
    const homes = new Set('abcde');
    expect(gather([{ homes, elsewhere: new Set('xy') }])).toMatchObject({
      shown: [],
      isTooSmall: true,
    });
    expect(gather([{ homes, elsewhere: new Set() }]).shown).toHaveLength(1);
  });
});

interface Told {
  homeId: string;
}
type Key<T = AlertFact> = (one: T) => string;

/** Nothing that a row of the table says, or the total less any rows, is of one to four homes. */
function expectUntold<T extends Told>(
  all: readonly T[],
  keys: ReadonlySet<string>,
  keyOf: Key<T>,
): void {
  for (const key of keys)
    expect(
      isNoneOrEnough(all.filter((one) => keyOf(one) === key).map(({ homeId }) => homeId)),
    ).toBe(true);
  const rest = all.filter((one) => !keys.has(keyOf(one)));
  if (keys.size > 0) expect(isNoneOrEnough(rest.map(({ homeId }) => homeId))).toBe(true);
}

function keysOf(rows: FollowUpReport['byRule']): ReadonlySet<string> {
  return new Set(rows.flatMap(({ key }) => (key === null ? [] : [key])));
}

function kindOf({ deviceId }: AlertFact, { homes }: ReportFacts): string {
  const placed = homes.flatMap((one) => one.placed).find((one) => one.deviceId === deviceId);
  return placed?.kind ?? 'home';
}

function alertsOf({ homes, alerts }: ReportFacts, unitId: string | null): AlertFact[] {
  const units = new Map(homes.map((one) => [one.id, one.unitId]));
  return alerts.filter(({ homeId }) => unitId === null || units.get(homeId) === unitId);
}

describe('a report', () => {
  test('lets no group of fewer than five homes be told, nor counted by taking away', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(null, 'day', 'night', 'third'), (given, unitId) => {
        const made = report(given, unitId);
        const alerts = alertsOf(given, unitId);
        if (made.isTooSmall) {
          expect([
            ...made.responses,
            ...made.byRule,
            ...made.byKind,
            ...made.uptime,
            ...made.loads,
            ...made.weeks,
          ]).toEqual([]);
          expect(made.alerts.care).toBe(0);
          return;
        }
        expect(made.homes).toBeGreaterThanOrEqual(smallestGroup);
        expectUntold(alerts, keysOf(made.byRule), ({ rule }) => rule.id);
        expectUntold(alerts, keysOf(made.byKind), (one) => kindOf(one, given));
        const severities = new Set(made.responses.flatMap(({ severity }) => severity ?? []));
        expectUntold(alerts, severities, ({ severity }) => severity);
        const devices = given.homes
          .filter((one) => unitId === null || one.unitId === unitId)
          .flatMap(({ id, placed }) => placed.map(({ kind }) => ({ homeId: id, kind })));
        const kinds = new Set(made.uptime.flatMap(({ kind }) => kind ?? []));
        expectUntold(devices, kinds, ({ kind }) => kind);
        for (const { unit, bySeverity } of made.loads) {
          const own = given.alerts.filter((one) => one.unitId === unit.id);
          expectUntold(
            own,
            new Set(bySeverity.map(({ severity }) => severity)),
            (one) => one.severity,
          );
        }
        const known = new Set(
          made.weeks
            .filter(
              ({ falseShare, acceptanceP95 }) => falseShare !== null || acceptanceP95 !== null,
            )
            .map((week) => String(week.from)),
        );
        const weekOf: Key = ({ raisedAt }) =>
          String(made.weeks.findLast((week) => week.from <= raisedAt)?.from);
        expectUntold(alerts, known, weekOf);
        for (const row of [...made.byRule, ...made.byKind].filter(({ key }) => key === null)) {
          const shown = row.resolved !== null;
          const table = made.byRule.includes(row) ? made.byRule : made.byKind;
          if (!shown) expect(table).toEqual([row]);
        }
      }),
    );
  });

  test('of one unit, taken from the whole and from those of the others, tells of no few homes', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const followed = given.homes.filter(
          ({ placed, id }) => placed.length > 0 || given.alerts.some(({ homeId }) => homeId === id),
        );
        const whole = report(given);
        const told = ['day', 'night', 'third'].filter(
          (unitId) => !report(given, unitId).isTooSmall,
        );
        expect(whole.units.map(({ id }) => id).sort()).toEqual(told.sort());
        const rest = followed.filter(({ unitId }) => !told.includes(unitId));
        if (told.length > 0) expect(isNoneOrEnough(rest.map(({ id }) => id))).toBe(true);
        for (const unitId of told) {
          const own = keysOf(report(given, unitId).byRule);
          for (const rule of own) {
            const others = given.alerts.filter(
              (one) => one.rule.id === rule && !alertsOf(given, unitId).includes(one),
            );
            expect(isNoneOrEnough(others.map(({ homeId }) => homeId))).toBe(true);
          }
        }
      }),
    );
  });

  test('of a unit does not name what happened in one home outside of it', () => {
    const numbers = Array.from({ length: 6 }, (_, index) => index);
    const homes = numbers.flatMap((number) =>
      ['day', 'night'].map((unitId) => home(`${unitId}-${number}`, { unitId })),
    );
    const seizure = { id: 'seizure', title: { sv: 'Kramp', en: 'Seizure' } };
    const alerts = [
      ...numbers.flatMap((number) => [
        alert({ homeId: `day-${number}`, rule: seizure }),
        alert({ homeId: `day-${number}` }),
        alert({ homeId: `night-${number}` }),
      ]),
      alert({ homeId: 'night-0', rule: seizure }),
    ];
    const rulesOf = (unitId: string | null) =>
      report(facts({ homes, alerts }), unitId).byRule.map(({ key }) => key);
    // The whole may tell of seven seizures; from the six of the day's homes it would follow who had the seventh.
    expect(rulesOf(null)).toEqual(['help', 'seizure']);
    expect(rulesOf('day')).toEqual([null]);
  });

  test('has parts that add up to the whole', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const made = report(given);
        const sum = (rows: readonly { alerts: number }[]) =>
          rows.reduce((all, row) => all + row.alerts, 0);
        expect(sum(made.byRule)).toBe(made.alerts.care);
        expect(sum(made.byKind)).toBe(made.alerts.care);
        expect(sum(made.weeks)).toBe(made.alerts.care);
        if (made.isTooSmall) return;
        const [all, ...bySeverity] = made.responses;
        expect(all?.alerts).toBe(given.alerts.length);
        expect(sum(bySeverity)).toBeLessThanOrEqual(given.alerts.length);
        expect(all?.acceptance.count).toBe(given.alerts.length - (all?.neverAccepted ?? 0));
        for (const { alerts, topTenShare } of made.loads)
          expect(topTenShare === null).toBe(alerts === 0);
      }),
    );
  });

  test('says that four homes are too few, and nothing of them', () => {
    const homes = ['a', 'b', 'c', 'd'].map((id) => home(id));
    const made = report(facts({ homes, alerts: [alert({ homeId: 'a' })] }));
    expect(made).toMatchObject({
      isTooSmall: true,
      homes: 4,
      residents: 0,
      alerts: { care: 0 },
      weeks: [],
    });
  });

  test('does not count homes that nobody supervises', () => {
    const homes = ['a', 'b', 'c', 'd', 'e'].map((id) => home(id, id === 'e' ? { placed: [] } : {}));
    expect(report(facts({ homes }))).toMatchObject({ isTooSmall: true, homes: 4 });
  });
});
