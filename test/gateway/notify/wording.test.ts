import { describe, expect, test } from 'vitest';

import { streetOf, titleOf } from '../../../gateway/notify/wording.ts';
import { severities } from '../../../gateway/protocol/alert.ts';
import { briefOf } from './brief.ts';

describe('what stands on a locked phone', () => {
  test.each([
    ['Skogsgatan 12 B, lgh 1102', 'Skogsgatan'],
    ['Norra Skogsgatan 7', 'Norra Skogsgatan'],
    ['Björkliden, 3 tr', 'Björkliden'],
    ['Storgatan norr-1', 'Storgatan norr'],
    ['Villa Solbacken', 'Villa Solbacken'],
    ['14', null],
    ['', null],
    [null, null],
  ])('of the home %s is the street %s', (homeLabel, street) => {
    expect(streetOf(briefOf({ homeLabel }))).toBe(street);
  });

  test('tells every severity apart, and a test from the real thing, in both languages', () => {
    const titles = severities.flatMap((severity) =>
      [true, false].flatMap((isTest) => Object.values(titleOf(briefOf({ severity, isTest })))),
    );
    expect(new Set(titles).size).toBe(severities.length * 4);
    expect(titles.join(' ')).not.toMatch(/fall/i);
  });
});
