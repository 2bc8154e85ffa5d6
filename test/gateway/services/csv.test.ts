import { expect, test } from 'vitest';

import { csvLineOf } from '../../../gateway/services/csv.ts';

test('a line has decimals as the language has them, below nought too, and nothing that a spreadsheet would run', () => {
  const cells = ['Kök; "ute"', 20.2, -63.25, null, '=1+1', '-5'];
  expect(csvLineOf(cells, 'sv')).toBe('"Kök; ""ute""";20,2;-63,25;;\'=1+1;\'-5\r\n');
  expect(csvLineOf(cells, 'en')).toBe('"Kök; ""ute""";20.2;-63.25;;\'=1+1;\'-5\r\n');
});
