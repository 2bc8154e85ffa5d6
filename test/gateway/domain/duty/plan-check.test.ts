import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { checkPlan } from '../../../../gateway/domain/duty/plan-check.ts';
import { daysLater, withPlan } from '../../../../gateway/domain/duty/plan-week.ts';
import { responsibleFor } from '../../../../gateway/domain/duty/responsibility.ts';
import { openTurns } from '../../../../gateway/domain/duty/turn.ts';
import { wallInstant } from '../../../../gateway/domain/home/wall-clock.ts';
import type { Plan } from '../../../../gateway/protocol/duty/plan.ts';
import { weekdays } from '../../../../gateway/protocol/rule/during.ts';
import {
  arrangementsOf,
  emptyPlan,
  type GivenArrangements,
  person,
  unit,
  zone,
} from './given-arrangements.ts';

const at = Date.parse('2026-11-22T11:00:00Z');
const homes = [
  { id: 'home-1', label: 'Storgatan 1', unitId: 'day' },
  { id: 'home-2', label: 'Storgatan 2', unitId: 'day' },
];
const byNight = { from: '21:00', to: '07:00' };
const christmas = { from: '2026-12-24T15:00', to: '2026-12-26T07:00' };

function findings(plan: Partial<Plan>, given: GivenArrangements = {}) {
  return checkPlan({
    arrangements: arrangementsOf(given),
    municipalityId: 'norr',
    timeZone: zone,
    homes,
    plan: { ...emptyPlan, ...plan },
    at,
  }).map(({ severity, path, text }) => `${severity} ${path.join('.')}: ${text.en}`);
}

describe('a plan has no findings', () => {
  test('when it is empty, and the own units reach somebody', () => {
    expect(findings({})).toEqual([]);
  });

  test('when a unit answers at its hours and the own unit at all others', () => {
    const lines = [{ unitId: 'night', hours: byNight }];
    expect(findings({ lines, exceptions: [{ unitId: 'day', ...christmas }] })).toEqual([]);
  });

  test('when it names a unit of another municipality that serves this one', () => {
    const patrol = unit('patrol', { municipalityId: 'syd', serves: ['norr'] });
    const lines = [{ unitId: 'patrol', hours: byNight }];
    expect(findings({ lines }, { units: [unit('day'), patrol] })).toEqual([]);
  });

  test('when it names an alarm centre whose webhook is in use', () => {
    const centre = unit('centre', { kind: 'alarm-centre', endpointId: 'hook' });
    const endpoints = [{ id: 'hook', municipalityId: 'norr', name: 'SOS' }];
    const lines = [{ unitId: 'centre', hours: byNight }];
    expect(findings({ lines }, { units: [unit('day'), centre], endpoints })).toEqual([]);
  });
});

describe('a plan is refused', () => {
  test('when it names a unit that is not there, or that does not serve this municipality', () => {
    const patrol = unit('patrol', { municipalityId: 'syd' });
    const plan = {
      lines: [{ unitId: 'gone', hours: byNight }],
      exceptions: [{ unitId: 'patrol', ...christmas }],
    };
    expect(findings(plan, { units: [unit('day'), patrol] })).toEqual([
      'error lines.0.unitId: There is no unit "gone".',
      'error exceptions.0.unitId: Lag patrol does not serve this municipality; the municipality it belongs to says whom it serves.',
    ]);
  });

  test('when it names homes or units of homes that are not there', () => {
    const units = [unit('day'), unit('night'), unit('far', { municipalityId: 'syd' })];
    const lines = [
      { unitId: 'night', homeIds: ['home-1', 'home-9'], hours: byNight },
      { unitId: 'night', ofUnit: 'far', hours: byNight },
    ];
    expect(findings({ lines }, { units })).toEqual([
      'error lines.0.homeIds.1: There is no home "home-9" here.',
      'error lines.1.ofUnit: The municipality has no unit "far" of its own.',
    ]);
  });

  test('when an alarm centre has no webhook that is in use', () => {
    const centre = unit('centre', { kind: 'alarm-centre', endpointId: 'off' });
    const lines = [{ unitId: 'centre', hours: byNight }];
    expect(findings({ lines }, { units: [unit('day'), centre] })).toEqual([
      'error lines.0.unitId: Lag centre is an alarm centre without a webhook in use, so nobody there is told.',
    ]);
  });
});

describe('a plan is warned of', () => {
  test('when exceptions that are as specific as each other overlap, unless they name the same unit', () => {
    const exceptions = [
      { unitId: 'night', ...christmas },
      { unitId: 'day', from: '2026-12-25T00:00', to: '2026-12-27T00:00' },
      { unitId: 'night', from: '2026-12-24T16:00', to: '2026-12-24T17:00' },
      { unitId: 'day', from: '2026-12-27T00:00', to: '2026-12-28T00:00' },
      { unitId: 'day', homeIds: ['home-1'], ...christmas },
    ];
    expect(findings({ exceptions })).toEqual([
      'warning exceptions.1: Overlaps exception 1, which wins while both hold.',
    ]);
  });

  test('when an exception is over', () => {
    const exceptions = [
      { unitId: 'night', from: '2026-11-20T00:00', to: '2026-11-22T12:00' },
      { unitId: 'night', from: '2026-11-20T00:00', to: '2026-11-22T12:01' },
    ];
    expect(findings({ exceptions })).toEqual([
      'warning exceptions.0: This exception is over already.',
    ]);
  });

  test('when others always win over a line, also when it takes two of them', () => {
    const lines = [
      { unitId: 'night', hours: byNight },
      { unitId: 'day', hours: { from: '22:00', to: '23:00' } },
      { unitId: 'day', ofUnit: 'day', hours: { from: '07:00', to: '21:00' } },
      { unitId: 'night' },
    ];
    const text = 'This line never holds: others always win for these homes.';
    expect(findings({ lines })).toEqual([`warning lines.1: ${text}`, `warning lines.3: ${text}`]);
    expect(findings({ lines: lines.slice(0, 2) })).toEqual([`warning lines.1: ${text}`]);
  });

  test('when a unit has no carers', () => {
    const people = [person('astrid', { units: ['day'] })];
    expect(findings({ lines: [{ unitId: 'night', hours: byNight }] }, { people })).toEqual([
      'warning lines.0.unitId: No carers belong to Lag night, so alerts go on to the next step at once.',
    ]);
  });

  test('when hours fall to the homes’ own unit and that one reaches nobody', () => {
    const people = [person('nils', { units: ['night'] })];
    const text =
      "warning lines: Hours that no line names fall to the homes' own unit, and Lag day reaches nobody.";
    expect(findings({ lines: [{ unitId: 'night', hours: byNight }] }, { people })).toEqual([text]);
    expect(findings({ lines: [{ unitId: 'night' }] }, { people })).toEqual([]);
  });

  test('when it names homes of a unit beside homes by name, or of a unit that has none', () => {
    const lines = [
      { unitId: 'night', homeIds: ['home-1'], ofUnit: 'day' },
      { unitId: 'night', ofUnit: 'night', hours: byNight },
    ];
    expect(findings({ lines })).toEqual([
      'warning lines.0.ofUnit: The homes are named, so the unit here means nothing.',
      'warning lines.1.ofUnit: Lag night has no homes.',
    ]);
  });
});

const units = ['day', 'night', 'patrol', 'foreign', 'gone'];
const time = fc
  .integer({ min: 0, max: 287 })
  .map((five) => `${two(Math.floor(five / 12))}:${two((five % 12) * 5)}`);
const anyHours = fc
  .record(
    { from: time, to: time, days: fc.subarray([...weekdays], { minLength: 1 }) },
    { requiredKeys: ['from', 'to'] },
  )
  .filter(({ from, to }) => from !== to)
  .map(({ days, ...hours }) => {
    const [first, ...rest] = days ?? [];
    return first === undefined ? hours : { ...hours, days: [first, ...rest] as typeof days };
  });
const anyHomes = {
  homeIds: fc.subarray(['home-1', 'home-2'], { minLength: 1 }),
  ofUnit: fc.constantFrom('day', 'night'),
};
const anyLine = fc.record(
  { unitId: fc.constantFrom(...units), ...anyHomes, hours: anyHours },
  { requiredKeys: ['unitId'] },
);

function two(number: number): string {
  return String(number).padStart(2, '0');
}

describe('whatever plan passes the check', () => {
  const patrol = unit('patrol', { municipalityId: 'syd', serves: ['norr'] });
  const foreign = unit('foreign', { municipalityId: 'syd' });
  const arrangements = arrangementsOf({ units: [unit('day'), unit('night'), patrol, foreign] });
  const minute = 60_000;

  /** The eight weeks around each of the two nights when the clocks change. */
  const anyStart = fc.constantFrom('2026-10-01T00:00', '2027-03-01T00:00');
  const anyException = (start: string) =>
    fc
      .record(
        {
          unitId: fc.constantFrom(...units),
          ...anyHomes,
          day: fc.nat(55),
          time,
          hours: fc.nat(99),
        },
        { requiredKeys: ['unitId', 'day', 'time', 'hours'] },
      )
      .map(({ day, time: clock, hours, ...rest }) => {
        const date = Temporal.PlainDateTime.from(start).add({ days: day }).toPlainDate();
        const from = date.toPlainDateTime(clock);
        const to = from.add({ hours: hours + 1 });
        const shown = (one: Temporal.PlainDateTime) => one.toString({ smallestUnit: 'minute' });
        return { ...rest, from: shown(from), to: shown(to) };
      });
  const anyPlan = anyStart.chain((start) =>
    fc.record({
      start: fc.constant(start),
      lines: fc.array(anyLine, { maxLength: 4 }),
      exceptions: fc.array(anyException(start), { maxLength: 3 }),
    }),
  );

  test('every home has a unit that may answer at every minute of eight weeks', () => {
    let passed = 0;
    fc.assert(
      fc.property(anyPlan, ({ start, ...plan }) => {
        const from = wallInstant(start, zone, 'from');
        const to = daysLater(from, 56, zone);
        const subject = { municipalityId: 'norr', timeZone: zone, homes, plan, at: from };
        const found = checkPlan({ arrangements, ...subject });
        if (found.some(({ severity }) => severity === 'error')) return;
        passed += 1;
        const planned = withPlan(arrangements, 'norr', plan);
        for (const own of homes) {
          const home = { ...own, municipalityId: 'norr', timeZone: zone };
          let end = from;
          for (const turn of openTurns(planned, home, { from, to })(home)) {
            expect(turn.from).toBe(end);
            end = turn.to;
            expect(['day', 'night', 'patrol']).toContain(turn.unitId);
            const half = Math.floor((turn.to - turn.from) / 2);
            for (const instant of [turn.from + half, turn.to - minute]) {
              expect(responsibleFor(planned, home, instant).unitId).toBe(turn.unitId);
            }
          }
          expect(end).toBe(to);
        }
      }),
      { numRuns: 40 },
    );
    expect(passed).toBeGreaterThan(5);
  });
});
