import fc from 'fast-check';
import { expect, test } from 'vitest';

import { groupsOf } from '../../../dashboard/alert/flood.ts';
import { severities } from '../../../gateway/protocol/alert.ts';
import { anAlert } from './alert-view.ts';

test('keeps emergencies whole and on top, and groups the rest by home and severity', () => {
  const home = (id: string) => ({ id, label: id, isOpen: true });
  const { emergencies, groups } = groupsOf([
    anAlert({ id: 'door 1', home: home('x'), since: 2 }),
    anAlert({ id: 'low', home: home('x'), severity: 'low' }),
    anAlert({ id: 'door 2', home: home('x'), since: 1 }),
    anAlert({ id: 'elsewhere', home: home('y'), since: 3 }),
    anAlert({ id: 'fall', home: home('x'), severity: 'emergency' }),
  ]);
  expect(emergencies.map(({ id }) => id)).toEqual(['fall']);
  expect(groups.map(({ alerts }) => alerts.map(({ id }) => id))).toEqual([
    ['door 2', 'door 1'],
    ['elsewhere'],
    ['low'],
  ]);
});

test('loses no alert in a flood', () => {
  const anyAlert = fc
    .record({
      severity: fc.constantFrom(...severities),
      home: fc.constantFrom(null, { id: 'x', label: 'X', isOpen: true }),
    })
    .map(anAlert);
  fc.assert(
    fc.property(fc.array(anyAlert), (alerts) => {
      const all = alerts.map((alert, index) => ({ ...alert, id: `alert-${index}` }));
      const { emergencies, groups } = groupsOf(all);
      const shown = [...emergencies, ...groups.flatMap((group) => group.alerts)];
      expect(shown.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    }),
  );
});
