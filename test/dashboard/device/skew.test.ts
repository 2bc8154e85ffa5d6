import { expect, test } from 'vitest';

import { skewOf } from '../../../dashboard/device/skew.ts';
import { fleetSv } from '../../../dashboard/text/fleet-sv.ts';

test.each([
  [0, 'går rätt'],
  [-1_999, 'går rätt'],
  [7 * 60_000, 'går 7 min före'],
  [-3 * 3_600_000, 'går 3 tim efter'],
])('a clock that is %i ms ahead %s', (skewMs, words) => {
  expect(skewOf(skewMs, fleetSv.device)).toBe(words);
});
