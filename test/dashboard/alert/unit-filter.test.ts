import { expect, test } from 'vitest';

import { ofUnit, unitsOf } from '../../../dashboard/alert/unit-filter.ts';
import { anAlert } from './alert-view.ts';

const night = { id: 'night', name: 'Nattpatrullen' };
const day = { id: 'day', name: 'Hemtjänsten' };
const alerts = [
  anAlert({ id: 'a', unit: night }),
  anAlert({ id: 'b', unit: day }),
  anAlert({ id: 'c', unit: null, home: null }),
];
const ids = (shown: readonly { id: string }[]) => shown.map(({ id }) => id);

test('offers one’s own units and those of the alerts on the board', () => {
  expect(unitsOf([], [night])).toEqual([night]);
  expect(unitsOf(alerts, [night]).map(({ id }) => id)).toEqual(['day', 'night']);
});

test('narrows to one unit, and keeps what is of none', () => {
  expect(ids(ofUnit(alerts, 'night', [night, day]))).toEqual(['a', 'c']);
  expect(ids(ofUnit(alerts, null, [night, day]))).toEqual(['a', 'b', 'c']);
});

test('hides nothing for a unit that nobody knows, as in an old link', () => {
  expect(ids(ofUnit(alerts, 'closed', [night, day]))).toEqual(['a', 'b', 'c']);
});
