import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { UnitFile } from '../../../../gateway/domain/duty/arrangement.ts';
import type { PlannedHome } from '../../../../gateway/domain/duty/responsibility.ts';
import { answeringOf } from '../../../../gateway/domain/roster/answering.ts';
import {
  byBeginning,
  type CoverageQuestion,
  openCoverage,
} from '../../../../gateway/domain/roster/coverage.ts';
import type { Plan } from '../../../../gateway/protocol/duty/plan.ts';
import type { Roster } from '../../../../gateway/protocol/duty/roster.ts';
import { type Hours, weekdays } from '../../../../gateway/protocol/rule/during.ts';
import { arrangements, at, home, hour, minute, roster, single, unit, weekly } from './given.ts';

const day = unit({ id: 'day' });
const night = unit({ id: 'night' });
const nightHours: Hours = { from: '21:00', to: '07:00' };
const dayHours: Hours = { from: '07:00', to: '21:00' };
const byNight: Partial<Plan> = { lines: [{ unitId: 'night', hours: nightHours }] };
const october = { from: at('2026-10-24T12:00+02:00'), to: at('2026-10-26T12:00+01:00') };

/** Of all these units together. */
function coverageOf({
  homes,
  units,
  ...question
}: Omit<CoverageQuestion, 'answering'> & {
  homes: readonly PlannedHome[];
  units: readonly UnitFile[];
}) {
  const answering = answeringOf(question.arrangements, homes, question);
  const covered = units.map(openCoverage({ ...question, answering }));
  return {
    shifts: covered.flatMap(({ shifts }) => shifts),
    gaps: byBeginning(covered.flatMap(({ gaps }) => gaps)),
  };
}

function gapsOf(
  rosters: Record<string, Partial<Roster>>,
  stretch = october,
  plan = byNight,
  units = [day, night],
): string[] {
  const { gaps } = coverageOf({
    arrangements: arrangements({ norr: plan }, units),
    homes: [home('home-1', 'day')],
    units,
    rosters: new Map(Object.entries(rosters).map(([id, some]) => [id, roster(some)])),
    ...stretch,
  });
  const short = (instant: number) => new Date(instant).toISOString().slice(5, 16);
  return gaps.map(
    ({ unitId, from, to, minutes, isClockChange }) =>
      `${unitId} ${short(from)}–${short(to)} ${minutes}${isClockChange ? ' clocks' : ''}`,
  );
}

const dayShift = weekly({ id: 'd', hours: dayHours });
const nightShift = weekly({ id: 'n', hours: nightHours });

describe('the linter', () => {
  test('finds nothing where every hour has somebody, through both nights when the clocks change', () => {
    const rosters = { day: { weekly: [dayShift] }, night: { weekly: [nightShift] } };
    expect(gapsOf(rosters)).toEqual([]);
    const march = { from: at('2027-03-27T12:00+01:00'), to: at('2027-03-29T12:00+02:00') };
    expect(gapsOf(rosters, march)).toEqual([]);
  });

  test('finds all the hours of a unit that has no roster, the one that comes twice twice', () => {
    expect(gapsOf({ day: { weekly: [dayShift] } })).toEqual([
      'night 10-24T19:00–10-25T06:00 660 clocks',
      'night 10-25T20:00–10-26T06:00 600',
    ]);
  });

  test('counts 1,500 minutes on the day in October and 1,380 on the one in March', () => {
    const own = { lines: [] };
    const sundays = [
      { from: at('2026-10-25T00:00+02:00'), to: at('2026-10-26T00:00+01:00') },
      { from: at('2027-03-28T00:00+01:00'), to: at('2027-03-29T00:00+02:00') },
    ];
    expect(sundays.map((sunday) => gapsOf({}, sunday, own)[0]?.split(' ')[2])).toEqual([
      '1500',
      '1380',
    ]);
  });

  test('finds the hour that a shift of ten hours exactly leaves in October, and says why', () => {
    const exact = { fromAt: at('2026-10-24T19:00Z'), toAt: at('2026-10-25T05:00Z') };
    const first = { id: 'x', personId: 'astrid', ...exact };
    const second = single('y', '2026-10-25T21:00', '2026-10-26T07:00');
    const rosters = { day: { weekly: [dayShift] }, night: { single: [first, second] } };
    expect(gapsOf(rosters)).toEqual(['night 10-25T05:00–10-25T06:00 60 clocks']);
  });

  test('does not blame the clocks for a gap that is there every day', () => {
    const early = weekly({ id: 'n', hours: { from: '21:00', to: '06:45' } });
    const rosters = { day: { weekly: [dayShift] }, night: { weekly: [early] } };
    expect(gapsOf(rosters)).toEqual([
      'night 10-25T05:45–10-25T06:00 15',
      'night 10-26T05:45–10-26T06:00 15',
    ]);
  });

  test('asks nothing of a unit that answers for no home, whose carers always count, or that is an alarm centre', () => {
    const idle = unit({ id: 'idle' });
    const always = unit({ id: 'night', duty: 'always' });
    const centre = unit({ id: 'night', kind: 'alarm-centre', endpointId: 'hook' });
    const rosters = { day: { weekly: [dayShift] } };
    expect(gapsOf(rosters, october, byNight, [day, idle, always])).toEqual([]);
    expect(gapsOf(rosters, october, byNight, [day, idle, centre])).toEqual([]);
  });

  test('asks a patrol about the homes of every municipality that it serves', () => {
    const patrol = unit({ id: 'patrol', municipalityId: 'host', serves: ['norr', 'soder'] });
    const line = (from: string, to: string) => ({
      lines: [{ unitId: 'patrol', hours: { from, to } }],
    });
    const { gaps } = coverageOf({
      arrangements: arrangements(
        { host: {}, norr: line('22:00', '06:00'), soder: line('23:00', '07:00') },
        [patrol, day, unit({ id: 'soder-day', municipalityId: 'soder' })],
      ),
      homes: [home('home-1', 'day'), home('home-2', 'soder-day', 'soder')],
      units: [patrol],
      rosters: new Map(),
      from: at('2026-11-02T12:00+01:00'),
      to: at('2026-11-03T12:00+01:00'),
    });
    expect(gaps).toMatchObject([
      { unitId: 'patrol', from: at('2026-11-02T22:00+01:00'), to: at('2026-11-03T07:00+01:00') },
    ]);
  });
});

/** Every minute of the days around, with what the wall clock shows. */
function minutesBetween(from: number, to: number) {
  const minutes = [];
  for (let instant = from; instant < to; instant += minute) {
    const zoned =
      Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('Europe/Stockholm');
    minutes.push({ at: instant, wall: zoned.toPlainDateTime().toString().slice(0, 16) });
  }
  return minutes;
}

interface Oracle {
  isCovered: (given: Roster, instant: number) => boolean;
  answers: (plan: Plan, homeId: string, instant: number) => string;
}

/** Looks every edge up among the minutes, instead of working it out. */
function oracleOf(from: number, to: number): Oracle {
  const table = minutesBetween(from - 30 * hour, to + 30 * hour);
  const shown = Map.groupBy(table, ({ wall }) => wall);
  const edge = (wall: string, which: 'from' | 'to') => {
    const found = shown.get(wall)?.at(which === 'from' ? 0 : -1);
    return (found ?? table.find((one) => one.wall > wall))?.at ?? Infinity;
  };
  const dates = [...new Set(table.map(({ wall }) => wall.slice(0, 10)))];
  const windowOf = (date: string, hours: Hours) => {
    const next = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
    const lastDate = hours.to > hours.from ? date : next;
    return [edge(`${date}T${hours.from}`, 'from'), edge(`${lastDate}T${hours.to}`, 'to')] as const;
  };
  const isOn = ({ days }: Hours, date: string) =>
    days?.includes(weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'mon') ?? true;
  const holds = (windows: readonly (readonly [number, number])[], instant: number) =>
    windows.some(([begins, ends]) => begins <= instant && instant < ends);
  const once = <K extends object, V>(work: (key: K) => V) => {
    const known = new WeakMap<K, V>();
    return (key: K): V => {
      const value = known.get(key) ?? work(key);
      known.set(key, value);
      return value;
    };
  };
  const windowsOfRoster = once((given: Roster) => {
    const windows = given.single.map((shift): readonly [number, number] =>
      'fromAt' in shift
        ? [shift.fromAt, shift.toAt]
        : [edge(shift.from, 'from'), edge(shift.to, 'to')],
    );
    for (const date of dates) {
      for (const { id, hours, everyWeeks, first, last } of given.weekly) {
        const start = Temporal.PlainDate.from(first);
        const firstMonday = start.subtract({ days: start.dayOfWeek - 1 });
        const weeks = Math.floor(firstMonday.until(date).days / 7);
        const change = given.changes.findLast((one) => one.shiftId === id && one.date === date);
        const falls =
          date >= first &&
          date <= (last ?? '9') &&
          weeks % everyWeeks === 0 &&
          isOn(hours, date) &&
          change?.personId !== null;
        if (falls) windows.push(windowOf(date, hours));
      }
    }
    return windows;
  });
  const windowsOfHours = once((hours: Hours) =>
    dates.filter((date) => isOn(hours, date)).map((date) => windowOf(date, hours)),
  );
  const windowsOfException = once((one: Plan['exceptions'][number]) => [
    [edge(one.from, 'from'), edge(one.to, 'to')] as const,
  ]);
  return {
    isCovered: (given, instant) => holds(windowsOfRoster(given), instant),
    answers: ({ lines, exceptions }, homeId, instant) => {
      const open = [
        exceptions.filter((one) => holds(windowsOfException(one), instant)),
        lines.filter(({ hours }) => hours === undefined || holds(windowsOfHours(hours), instant)),
      ];
      for (const entries of open) {
        const claim =
          entries.find(({ homeIds }) => homeIds?.includes(homeId)) ??
          entries.find(({ homeIds, ofUnit }) => homeIds === undefined && ofUnit === 'day') ??
          entries.find(({ homeIds, ofUnit }) => homeIds === undefined && ofUnit === undefined);
        if (claim !== undefined) return claim.unitId;
      }
      return 'day';
    },
  };
}

const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
/** So that edges fall into the hours that come twice or never more often than not. */
const nightTime = fc
  .tuple(fc.constantFrom('01', '02', '03'), fc.constantFrom('00', '30'))
  .map(([h, m]) => `${h}:${m}`);
const someTime = fc.oneof(anyTime, nightTime);
const someHours: fc.Arbitrary<Hours> = fc
  .tuple(someTime, someTime, fc.option(fc.subarray([...weekdays], { minLength: 1 })))
  .filter(([from, to]) => from !== to)
  .map(([from, to, days]) => (days === null ? { from, to } : { from, to, days: days as ['mon'] }));

function rosterAround(dates: readonly string[], id: string): fc.Arbitrary<Roster> {
  const date = fc.constantFrom(...dates);
  const shiftId = fc.constantFrom('w0', 'w1', 'w2');
  return fc.record({
    weekly: fc
      .array(fc.tuple(someHours, date, fc.option(date), fc.integer({ min: 1, max: 3 })), {
        maxLength: 3,
      })
      .map((shifts) =>
        shifts.map(([hours, first, last, everyWeeks], index) => ({
          id: `w${index}`,
          personId: id,
          hours,
          first,
          ...(last === null ? {} : { last }),
          everyWeeks,
        })),
      ),
    single: fc.array(
      fc
        .tuple(date, someTime, date, someTime)
        .map((parts) => [`${parts[0]}T${parts[1]}`, `${parts[2]}T${parts[3]}`].toSorted())
        .filter(([from, to]) => from !== to)
        .map(([from = '', to = '']) => single('s', from, to)),
      { maxLength: 2 },
    ),
    changes: fc.array(fc.record({ shiftId, date, personId: fc.constantFrom(null, 'bengt') }), {
      maxLength: 3,
    }),
  });
}

const planAround = (dates: readonly string[]): fc.Arbitrary<Plan> => {
  const homes = fc.constantFrom<object>({}, { homeIds: ['home-1'] }, { ofUnit: 'day' });
  const unitId = fc.constantFrom('day', 'night');
  const moment = fc.tuple(fc.constantFrom(...dates), someTime).map((parts) => parts.join('T'));
  return fc.record({
    lines: fc.array(
      fc
        .tuple(unitId, homes, fc.option(someHours))
        .map(([id, some, hours]) => ({ unitId: id, ...some, ...(hours && { hours }) })),
      { maxLength: 3 },
    ),
    exceptions: fc.array(
      fc
        .tuple(unitId, homes, moment, moment)
        .filter(([, , a, b]) => a !== b)
        .map(([id, some, a, b]) => {
          const [from = '', to = ''] = [a, b].toSorted();
          return { unitId: id, ...some, from, to };
        }),
      { maxLength: 2 },
    ),
  });
};

describe.each([
  ['October', ['2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26'], '2026-10-24T15:07Z'],
  ['March', ['2027-03-26', '2027-03-27', '2027-03-28', '2027-03-29'], '2027-03-27T15:07Z'],
])('around the night in %s', (_, dates, begins) => {
  const from = at(begins);
  const to = from + 27 * hour;
  const oracle = oracleOf(from, to);

  test('every minute is a gap if and only if somebody is needed and nobody is planned', () => {
    fc.assert(
      fc.property(
        planAround(dates),
        rosterAround(dates, 'astrid'),
        rosterAround(dates, 'bertil'),
        (plan, ofDay, ofNight) => {
          const units = [day, night];
          const given = arrangements({ norr: plan }, units);
          const homes = [home('home-1', 'day'), home('home-2', 'day')];
          const rosters = new Map([
            ['day', ofDay],
            ['night', ofNight],
          ]);
          const { gaps } = coverageOf({ arrangements: given, homes, units, rosters, from, to });
          for (const [id, own] of rosters) {
            const isGap = (instant: number) =>
              gaps.some((gap) => gap.unitId === id && gap.from <= instant && instant < gap.to);
            const expected = minutesWhere(from, to, (instant) => {
              const isNeeded = homes.some((one) => oracle.answers(plan, one.id, instant) === id);
              return isNeeded && !oracle.isCovered(own, instant);
            });
            expect(minutesWhere(from, to, isGap)).toEqual(expected);
            const total = gaps.filter((gap) => gap.unitId === id);
            expect(total.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(expected.length);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

function minutesWhere(from: number, to: number, holds: (instant: number) => boolean): number[] {
  const found = [];
  for (let instant = from; instant < to; instant += minute) if (holds(instant)) found.push(instant);
  return found;
}

test('eight weeks of fifty units with forty shifts each are looked through in well under a second', () => {
  const units = Array.from({ length: 50 }, (_, index) => unit({ id: `unit-${index}` }));
  const homes = units.flatMap(({ id }) =>
    Array.from({ length: 20 }, (_, index) => home(`${id}-${index}`, id)),
  );
  const lines = units.map(({ id }, index) => ({
    unitId: `unit-${(index + 1) % 50}`,
    ofUnit: id,
    hours: nightHours,
  }));
  const shifts = Array.from({ length: 40 }, (_, index) => {
    const from = `${String(index % 24).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`;
    const to = `${String((index + 8) % 24).padStart(2, '0')}:00`;
    return weekly({ id: `s${index}`, hours: { from, to, days: [weekdays[index % 7] ?? 'mon'] } });
  });
  const rosters = new Map(units.map(({ id }) => [id, roster({ weekly: shifts })]));
  const from = at('2026-10-01T00:00Z');
  const given = arrangements({ norr: { lines } }, units);
  const times = [1, 2, 3].map(() => {
    const before = process.threadCpuUsage();
    const to = from + 56 * 24 * hour;
    const { gaps } = coverageOf({ arrangements: given, homes, units, rosters, from, to });
    expect(gaps).toHaveLength(800);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  });
  expect(Math.min(...times)).toBeLessThan(1_000);
});
