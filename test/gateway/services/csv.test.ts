import { expect, test } from 'vitest';

import { csvLineOf, wallTime } from '../../../gateway/services/csv.ts';

test('a line has decimals as the language has them, below nought too, and nothing that a spreadsheet would run', () => {
  const cells = ['Kök; "ute"', 20.2, -63.25, null, '=1+1', '-5'];
  expect(csvLineOf(cells, 'sv')).toBe('"Kök; ""ute""";20,2;-63,25;;\'=1+1;\'-5\r\n');
  expect(csvLineOf(cells, 'en')).toBe('"Kök; ""ute""";20.2;-63.25;;\'=1+1;\'-5\r\n');
});

test('a time is by the wall clock, and in the hour that comes twice with its offset', () => {
  const zone = 'Europe/Stockholm';
  const at = (text: string) => wallTime(Date.parse(text), zone);
  expect(at('2026-11-22T06:05:59Z')).toBe('2026-11-22 07:05');
  expect(at('2026-10-24T23:45:00Z')).toBe('2026-10-25 01:45');
  expect(at('2026-10-25T00:15:00Z')).toBe('2026-10-25 02:15 +02:00');
  expect(at('2026-10-25T01:15:00Z')).toBe('2026-10-25 02:15 +01:00');
  expect(at('2026-10-25T02:15:00Z')).toBe('2026-10-25 03:15');
});
