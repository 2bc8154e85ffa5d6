import { expect, test } from 'vitest';

import { emptyUnit, wrongIn } from '../../../dashboard/unit/unit-draft.ts';

test('a unit needs a name, and an alarm centre a way to reach it', () => {
  expect([...wrongIn(emptyUnit)]).toEqual(['name']);
  const centre = { ...emptyUnit, name: 'Larmcentralen', kind: 'alarm-centre' as const };
  expect([...wrongIn(centre)]).toEqual(['endpointId']);
  expect([...wrongIn({ ...centre, endpointId: 'centralen' })]).toEqual([]);
});
