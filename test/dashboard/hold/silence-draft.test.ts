import { describe, expect, test } from 'vitest';

import { emptySilence, endOf, matchersOf } from '../../../dashboard/hold/silence-draft.ts';

const zone = 'Europe/Stockholm';
const hour = 3_600_000;

describe('a silence', () => {
  test('matches what is chosen, and is none before anything is', () => {
    expect(matchersOf(emptySilence)).toBeNull();
    expect(matchersOf({ ...emptySilence, severities: ['low'], homeIds: ['skog'] })).toEqual({
      severities: ['low'],
      homeIds: ['skog'],
    });
  });

  test('ends at the next such time of day on the clock of the place', () => {
    const evening = Date.UTC(2026, 10, 22, 20);
    expect(endOf({ clock: '07:00' }, evening, zone)).toBe(evening + 10 * hour);
    expect(endOf({ clock: '21:30' }, evening, zone)).toBe(evening + 0.5 * hour);
    expect(endOf({ clock: '7' }, evening, zone)).toBeNull();
    expect(endOf({ hours: 4 }, evening, zone)).toBe(evening + 4 * hour);
  });

  test('lasts a day at most, on the day of 25 hours too', () => {
    const before = Date.UTC(2026, 9, 24, 5, 30);
    expect(endOf({ clock: '07:00' }, before, zone)).toBe(before + 24 * hour);
  });
});
