import { describe, expect, test } from 'vitest';

import { countChattering, loadOf } from '../../../../gateway/domain/backtest/load.ts';
import { hour, minute } from './given-found.ts';

const span = { from: 0, to: hour };

describe('the load of an operator', () => {
  test('is counted in periods of ten minutes', () => {
    // Three in the first ten minutes, the last of them a millisecond before the second begins, and one at its start.
    const times = [0, minute, 10 * minute - 1, 10 * minute];
    expect(loadOf(times, span, 1)).toEqual({
      perTenMinutes: 4 / 6,
      mostInTenMinutes: 3,
      floodShare: 0,
    });
  });

  test('is a flood above ten in ten minutes, and not at ten', () => {
    const ten = Array.from({ length: 10 }, (_, index) => index * 1_000);
    expect(loadOf(ten, span, 1)).toMatchObject({ mostInTenMinutes: 10, floodShare: 0 });
    expect(loadOf([...ten, 11_000], span, 1).floodShare).toBe(1 / 6);
  });

  test('is shared by those who are at work', () => {
    const times = Array.from({ length: 12 }, (_, index) => index * 1_000);
    expect(loadOf(times, span, 3)).toEqual({
      perTenMinutes: 12 / 3 / 6,
      mostInTenMinutes: 4,
      floodShare: 0,
    });
  });

  test('is nothing where nothing was raised', () => {
    expect(loadOf([], span, 1)).toEqual({ perTenMinutes: 0, mostInTenMinutes: 0, floodShare: 0 });
  });
});

describe('chattering', () => {
  const at = (ms: number, need = 'door') => ({ need, at: ms });

  test('is the third of the same need within 60 s, and each that follows so fast', () => {
    expect(countChattering([at(0), at(30_000), at(60_000)])).toBe(1);
    expect(countChattering([at(0), at(30_000), at(60_001)])).toBe(0);
    expect(countChattering([at(0), at(20_000), at(40_000), at(60_000)])).toBe(2);
  });

  test('is no matter of different needs', () => {
    expect(countChattering([at(0, 'a'), at(1, 'b'), at(2, 'c')])).toBe(0);
  });
});
