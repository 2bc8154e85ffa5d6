import { describe, expect, test } from 'vitest';

import { checkPlan } from '../../../../gateway/domain/duty/plan-check.ts';
import { weekOf } from '../../../../gateway/domain/duty/plan-week.ts';
import { wallInstant } from '../../../../gateway/domain/home/wall-clock.ts';
import type { Plan } from '../../../../gateway/protocol/duty/plan.ts';
import type { Hours } from '../../../../gateway/protocol/rule/during.ts';
import { arrangementsOf, emptyPlan, zone } from './given-arrangements.ts';

const hour = 3_600_000;
const homes = [
  { id: 'home-1', unitId: 'day' },
  { id: 'home-2', unitId: 'day' },
  { id: 'home-3', unitId: 'night' },
];

function week(some: Partial<Plan>, from: string) {
  const plan = { ...emptyPlan, ...some };
  const { week: stretches, groups } = weekOf(
    arrangementsOf({ plan }),
    { id: 'norr', timeZone: zone, plan },
    homes,
    wallInstant(from, zone, 'from'),
  );
  return {
    groups: groups.map(({ homeIds }) => homeIds.join(' ')),
    stretches: stretches.map(({ group, unitName, homes: count, ...span }) => {
      const hours = (span.to - span.from) / hour;
      return `${group}: ${unitName} for ${count} from ${shown(span.from)}, ${hours} h`;
    }),
  };
}

function shown(at: number): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return zoned.toPlainDateTime().toString({ smallestUnit: 'minute' });
}

describe('the week from an instant', () => {
  test('is the own units’ where the plan says nothing', () => {
    expect(week({}, '2026-11-23T00:00')).toEqual({
      groups: ['home-1 home-2', 'home-3'],
      stretches: [
        '0: Lag day for 2 from 2026-11-23T00:00, 168 h',
        '1: Lag night for 1 from 2026-11-23T00:00, 168 h',
      ],
    });
  });

  test('has one group for homes that are answered for alike, however the plan comes to it', () => {
    const lines = [
      { unitId: 'night', homeIds: ['home-1'] },
      { unitId: 'night', ofUnit: 'day' },
    ];
    expect(week({ lines }, '2026-11-23T00:00')).toEqual({
      groups: ['home-1 home-2 home-3'],
      stretches: ['0: Lag night for 3 from 2026-11-23T00:00, 168 h'],
    });
  });

  test('changes hands at the hours of a line, and goes on over midnight', () => {
    const hours: Hours = { from: '21:00', to: '07:00', days: ['sat'] };
    const lines = [{ unitId: 'night', ofUnit: 'day', hours }];
    const { stretches } = week({ lines }, '2026-11-23T12:00');
    expect(stretches).toEqual([
      '0: Lag day for 2 from 2026-11-23T12:00, 129 h',
      '0: Lag night for 2 from 2026-11-28T21:00, 10 h',
      '0: Lag day for 2 from 2026-11-29T07:00, 29 h',
      '1: Lag night for 1 from 2026-11-23T12:00, 168 h',
    ]);
  });

  const nightly = { lines: [{ unitId: 'night', hours: { from: '21:00', to: '07:00' } }] };

  test('has a night of eleven hours and 169 hours in all when the clocks are put back', () => {
    const { stretches } = week(nightly, '2026-10-24T12:00');
    expect(stretches[1]).toBe('0: Lag night for 2 from 2026-10-24T21:00, 11 h');
    expect(stretches[3]).toBe('0: Lag night for 2 from 2026-10-25T21:00, 10 h');
    expect(sum(stretches)).toBe(169 * 2);
  });

  test('has a night of nine hours and 167 hours in all when the clocks are put forward', () => {
    const { stretches } = week(nightly, '2027-03-27T12:00');
    expect(stretches[1]).toBe('0: Lag night for 2 from 2027-03-27T21:00, 9 h');
    expect(stretches[3]).toBe('0: Lag night for 2 from 2027-03-28T21:00, 10 h');
    expect(sum(stretches)).toBe(167 * 2);
  });

  function sum(stretches: readonly string[]): number {
    return stretches.reduce((hours, line) => hours + Number(/, (\d+) h/.exec(line)?.[1]), 0);
  }
});

test('a plan that names two thousand homes in two hundred lines and as many exceptions is looked through in a moment', () => {
  const many = Array.from({ length: 2_000 }, (_, index) => ({
    id: `home-${index}`,
    label: `Storgatan ${index}`,
    unitId: 'day',
  }));
  const named = (index: number) =>
    Array.from({ length: 100 }, (_, place) => {
      const some = Math.imul(index * 100 + place + 1, 2_654_435_761) >>> 8;
      return `home-${some % 2_000}`;
    });
  const two = (value: number) => String(value).padStart(2, '0');
  const crowded: Plan = {
    lines: Array.from({ length: 200 }, (_, index) => ({
      unitId: index % 2 === 0 ? 'day' : 'night',
      homeIds: named(index),
      hours: { from: `${two(index % 24)}:15`, to: `${two((index + 5) % 24)}:45` },
    })),
    exceptions: Array.from({ length: 200 }, (_, index) => ({
      unitId: index % 3 === 0 ? 'day' : 'night',
      homeIds: named(index + 200),
      from: `2026-11-${two(20 + (index % 10))}T${two(index % 24)}:00`,
      to: `2026-12-0${1 + (index % 9)}T07:00`,
    })),
  };
  const arrangements = arrangementsOf({ plan: crowded });
  const at = wallInstant('2026-11-22T12:00', zone, 'from');
  const place = { municipalityId: 'norr', timeZone: zone };
  const before = process.threadCpuUsage();
  const findings = checkPlan({ arrangements, ...place, homes: many, plan: crowded, at });
  const { groups } = weekOf(arrangements, { id: 'norr', timeZone: zone, plan: crowded }, many, at);
  const { user, system } = process.threadCpuUsage(before);
  expect(findings.length).toBeGreaterThan(100);
  expect(groups.length).toBeGreaterThan(50);
  expect((user + system) / 1_000).toBeLessThan(2_000);
});
