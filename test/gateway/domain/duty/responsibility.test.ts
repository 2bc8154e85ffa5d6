import { describe, expect, test } from 'vitest';

import type { Arrangements, UnitFile } from '../../../../gateway/domain/duty/arrangement.ts';
import { noArrangements } from '../../../../gateway/domain/duty/arrangement.ts';
import { responsibleFor } from '../../../../gateway/domain/duty/responsibility.ts';
import type { Plan } from '../../../../gateway/protocol/duty/plan.ts';
import type { Hours } from '../../../../gateway/protocol/rule/during.ts';

const timeZone = 'Europe/Stockholm';
const home = { id: 'skogen', municipalityId: 'norr', unitId: 'day', timeZone };
const night: Hours = { from: '21:00', to: '07:00' };

function unit(id: string, some: Partial<UnitFile> = {}): [string, UnitFile] {
  return [
    id,
    {
      id,
      municipalityId: 'norr',
      name: id,
      kind: 'team',
      duty: 'always',
      endpointId: null,
      serves: [],
      ...some,
    },
  ];
}

function arranged(plan: Partial<Plan>, ...others: [string, UnitFile][]): Arrangements {
  const whole = { lines: [], exceptions: [], ...plan };
  return {
    ...noArrangements,
    units: new Map([unit('day'), unit('patrol'), unit('holiday'), ...others]),
    municipalities: new Map([
      ['norr', { id: 'norr', name: 'Norr', timeZone, plan: whole, policies: [] }],
    ]),
  };
}

function at(local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds;
}

/** `unit until 2026-…`, by the wall clock. */
function answering(arrangements: Arrangements, local: string, some: Partial<typeof home> = {}) {
  const { unitId, until } = responsibleFor(arrangements, { ...home, ...some }, at(local));
  if (until === null) return unitId;
  const end = Temporal.Instant.fromEpochMilliseconds(until).toZonedDateTimeISO(timeZone);
  return `${unitId} until ${end.toPlainDateTime().toString({ smallestUnit: 'minute' })}`;
}

describe('the unit that answers', () => {
  test('is the home’s own where no plan says otherwise, for ever', () => {
    expect(answering(noArrangements, '2026-11-21T03:00')).toBe('day');
    expect(answering(arranged({}), '2026-11-21T03:00')).toBe('day');
  });

  test('changes at the edges of the hours, end exclusive', () => {
    const plan = arranged({ lines: [{ unitId: 'patrol', hours: night }] });
    expect(answering(plan, '2026-11-21T20:59')).toBe('day until 2026-11-21T21:00');
    expect(answering(plan, '2026-11-21T21:00')).toBe('patrol until 2026-11-22T07:00');
    expect(answering(plan, '2026-11-22T06:59')).toBe('patrol until 2026-11-22T07:00');
    expect(answering(plan, '2026-11-22T07:00')).toBe('day until 2026-11-22T21:00');
  });

  test('is the same on both nights when the clocks change, for eleven hours and for nine', () => {
    const plan = arranged({ lines: [{ unitId: 'patrol', hours: night }] });
    for (const [from, hours] of [
      ['2026-10-24T21:00', 11],
      ['2026-03-28T21:00', 9],
    ] as const) {
      const { unitId, until } = responsibleFor(plan, home, at(from));
      expect([unitId, (until ?? 0) - at(from)]).toEqual(['patrol', hours * 3_600_000]);
    }
  });

  test('is told for as long as the same unit goes on, whatever line says so', () => {
    const plan = arranged({
      lines: [
        { unitId: 'patrol', hours: { from: '21:00', to: '00:00' } },
        { unitId: 'patrol', hours: { from: '00:00', to: '07:00' } },
      ],
    });
    expect(answering(plan, '2026-11-21T22:00')).toBe('patrol until 2026-11-22T07:00');
  });

  test('is that of the most specific line: named homes, then a unit’s homes, then all', () => {
    const plan = arranged(
      {
        lines: [
          { unitId: 'patrol' },
          { unitId: 'holiday', ofUnit: 'day' },
          { unitId: 'named', homeIds: ['skogen'] },
        ],
      },
      unit('named'),
    );
    expect(answering(plan, '2026-11-21T12:00')).toBe('named');
    expect(answering(plan, '2026-11-21T12:00', { id: 'other' })).toBe('holiday');
    expect(answering(plan, '2026-11-21T12:00', { id: 'other', unitId: 'evening' })).toBe('patrol');
  });

  test('is that of an exception while it lasts, however unspecific', () => {
    const plan = arranged({
      lines: [{ unitId: 'patrol', homeIds: ['skogen'], hours: night }],
      exceptions: [{ unitId: 'holiday', from: '2026-12-24T15:00', to: '2026-12-25T09:00' }],
    });
    expect(answering(plan, '2026-12-24T14:00')).toBe('day until 2026-12-24T15:00');
    expect(answering(plan, '2026-12-24T22:00')).toBe('holiday until 2026-12-25T09:00');
    expect(answering(plan, '2026-12-25T09:00')).toBe('day until 2026-12-25T21:00');
  });

  test('is never one that may not answer here: a unit of elsewhere must serve the municipality', () => {
    const foreign = { municipalityId: 'syd' };
    const lines = [{ unitId: 'foreign', hours: night }];
    const may = arranged({ lines }, unit('foreign', { ...foreign, serves: ['norr'] }));
    const mayNot = arranged({ lines }, unit('foreign', foreign));
    expect(answering(may, '2026-11-21T22:00')).toBe('foreign until 2026-11-22T07:00');
    expect(answering(mayNot, '2026-11-21T22:00')).toBe('day');
    expect(answering(arranged({ lines }), '2026-11-21T22:00')).toBe('day');
  });
});
