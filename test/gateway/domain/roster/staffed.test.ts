import { describe, expect, test } from 'vitest';

import type { Duty } from '../../../../gateway/domain/duty/arrangement.ts';
import { unstaffedUnits } from '../../../../gateway/domain/roster/staffed.ts';
import type { Roster } from '../../../../gateway/protocol/duty/roster.ts';
import {
  arrangements,
  at,
  carer,
  duty,
  home,
  minute,
  roster,
  single,
  unit,
  weekly,
} from './given.ts';

const plan = { lines: [{ unitId: 'night', hours: { from: '21:00', to: '07:00' } }] };
const planned = { weekly: [weekly({ id: 'n', hours: { from: '21:00', to: '07:00' } })] };

function unstaffed(
  time: string,
  duties: readonly Duty[],
  given: Partial<Roster> = {},
  units = [unit({ id: 'day', duty: 'always' }), unit({ id: 'night' })],
  people = [carer('astrid'), carer('bengt')],
): string[] {
  const found = unstaffedUnits({
    arrangements: arrangements({ norr: plan }, units, { duties, people }),
    homes: [home('home-1', 'day')],
    rosters: new Map([['night', roster(given)]]),
    at: at(time),
  });
  return found.map(
    ({ unitId, from, isPlanned }) =>
      `${unitId} in ${(from - at(time)) / minute} min${isPlanned ? ', planned' : ''}`,
  );
}

const until3 = duty({
  from: at('2026-11-02T20:55+01:00'),
  until: at('2026-11-03T03:00+01:00'),
});

describe('a unit is without staff', () => {
  test('from when the last of its carers ends, which is told an hour before', () => {
    expect(unstaffed('2026-11-03T01:59+01:00', [until3])).toEqual([]);
    expect(unstaffed('2026-11-03T02:01+01:00', [until3])).toEqual(['night in 59 min']);
    expect(unstaffed('2026-11-03T03:00+01:00', [until3])).toEqual(['night in 0 min']);
  });

  test('not while it answers for no home, nor when somebody is planned to come', () => {
    expect(unstaffed('2026-11-03T19:59+01:00', [])).toEqual([]);
    expect(unstaffed('2026-11-03T20:30+01:00', [])).toEqual(['night in 30 min']);
    expect(unstaffed('2026-11-03T20:30+01:00', [], planned)).toEqual([]);
    const relief = { single: [single('s', '2026-11-03T03:00', '2026-11-03T07:00', 'bengt')] };
    expect(unstaffed('2026-11-03T02:30+01:00', [until3], relief)).toEqual([]);
  });

  test('when somebody is planned who has not checked in a quarter of an hour later', () => {
    expect(unstaffed('2026-11-03T21:14+01:00', [], planned)).toEqual([]);
    expect(unstaffed('2026-11-03T21:15+01:00', [], planned)).toEqual(['night in 0 min, planned']);
  });

  test('when one who came instead of another goes home before the shift has ended', () => {
    const bengt = { ...until3, personId: 'bengt' };
    expect(unstaffed('2026-11-03T02:30+01:00', [bengt], planned)).toEqual([
      'night in 30 min, planned',
    ]);
    // Whoever is planned and at work has only said a time that is too early.
    expect(unstaffed('2026-11-03T02:30+01:00', [until3], planned)).toEqual([]);
    expect(unstaffed('2026-11-03T03:00+01:00', [until3], planned)).toEqual([
      'night in 0 min, planned',
    ]);
  });

  test('when the only one who is planned belongs to it no more, and so cannot check in', () => {
    const moved = [carer('astrid', { units: ['day'] })];
    expect(unstaffed('2026-11-03T20:30+01:00', [], planned, undefined, moved)).toEqual([
      'night in 30 min',
    ]);
    expect(unstaffed('2026-11-03T20:30+01:00', [], planned, undefined, [])).toEqual([
      'night in 30 min',
    ]);
  });

  test('not where all its carers always count, and not because another unit has somebody', () => {
    const always = [unit({ id: 'day', duty: 'always' }), unit({ id: 'night', duty: 'always' })];
    expect(unstaffed('2026-11-03T03:00+01:00', [], {}, always)).toEqual([]);
    const elsewhere = { ...until3, unitId: 'day' };
    const onCall = { ...until3, unitId: null };
    expect(unstaffed('2026-11-03T02:00+01:00', [elsewhere, onCall])).toEqual(['night in 0 min']);
  });
});
