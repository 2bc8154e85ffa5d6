import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { compare } from '../../../../gateway/domain/backtest/difference.ts';
import type { Found } from '../../../../gateway/domain/backtest/found.ts';
import { found, hour, minute } from './given-found.ts';

function told(candidate: readonly Found[], current: readonly Found[]): string[] {
  return compare(candidate, current).map(
    ({ found: { at }, change, shiftMs }) => `${at} ${change} ${shiftMs ?? '-'}`,
  );
}

describe('what differs', () => {
  test('is the same up to a second', () => {
    expect(told([found(1_000)], [found(0)])).toEqual(['1000 same 1000']);
    expect(told([found(1_001)], [found(0)])).toEqual(['1001 later 1001']);
    expect(told([found(0)], [found(1_001)])).toEqual(['0 earlier -1001']);
  });

  test('is paired up to two hours, and added and lost beyond', () => {
    expect(told([found(2 * hour)], [found(0)])).toEqual(['7200000 later 7200000']);
    expect(told([found(2 * hour + 1)], [found(0)])).toEqual(['0 lost -', '7200001 added -']);
  });

  test('goes to the nearest, whatever comes first', () => {
    // Two of ours near one of theirs: the nearer keeps it.
    expect(told([found(0), found(10 * minute)], [found(9 * minute)])).toEqual([
      '0 added -',
      '600000 later 60000',
    ]);
  });

  test('is never between two rules, or two devices', () => {
    expect(told([found(0)], [found(0, { rule: 'other' })])).toEqual(['0 added -', '0 lost -']);
    expect(told([found(0)], [found(0, { deviceId: 'back' })])).toEqual(['0 added -', '0 lost -']);
    expect(told([found(0, { deviceId: null })], [found(0, { deviceId: null })])).toEqual([
      '0 same 0',
    ]);
  });

  test('is between devices where a rule speaks of the whole home, or began to', () => {
    const home = (at: number, deviceId: string) => found(at, { deviceId, need: 'door' });
    expect(told([home(hour, 'back')], [home(0, 'front')])).toEqual(['3600000 later 3600000']);
    expect(told([home(hour, 'back')], [found(0)])).toEqual(['3600000 later 3600000']);
  });

  test('counts each alert once, and nothing differs from itself', () => {
    const times = fc.array(fc.nat(20 * hour)).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(times, times, (ones, others) => {
        const [ours, theirs] = [ones.map((at) => found(at)), others.map((at) => found(at))];
        const changes = compare(ours, theirs);
        const lost = changes.filter(({ change }) => change === 'lost').length;
        const added = changes.filter(({ change }) => change === 'added').length;
        expect(changes).toHaveLength(ours.length + lost);
        expect(theirs.length - lost).toBe(ours.length - added);
        expect(compare(ours, ours).every(({ change }) => change === 'same')).toBe(true);
      }),
    );
  });
});
