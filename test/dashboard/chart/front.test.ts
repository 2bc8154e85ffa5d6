import { expect, test } from 'vitest';

import { frontOf } from '../../../dashboard/chart/front.ts';
import { severities } from '../../../gateway/protocol/alert.ts';

test('of marks upon each other the most urgent is in front', () => {
  const order = severities.toSorted((a, b) => frontOf(b) - frontOf(a));
  expect(order).toEqual(['emergency', 'high', 'medium', 'low', 'technical']);
});
