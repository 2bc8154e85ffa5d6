import { expect, test } from 'vitest';

import { checkOutOf, giveBack, unassigned } from '../../../dashboard/duty/hand-over.ts';
import type { HandOverView } from '../../../gateway/protocol/duty/duty.ts';
import { anAlert } from '../alert/alert-view.ts';

const view: HandOverView = {
  duty: {
    id: 'duty-1',
    person: { id: 'me', name: 'Johan' },
    unit: { id: 'night', name: 'Nattpatrullen' },
    from: 0,
    until: 100,
    checkedInBy: null,
  },
  mine: [anAlert({ id: 'a' }), anAlert({ id: 'b' })],
  open: [anAlert({ id: 'c' })],
  receivers: [{ id: 'amina', name: 'Amina', unitName: 'Nattpatrullen', alertIds: [] }],
};

test('lets nobody leave while an alert of theirs has nobody', () => {
  expect(checkOutOf(view, new Map([['a', 'amina']]))).toBeNull();
  expect(unassigned(view, new Map([['a', 'amina']]))).toEqual(['b']);
});

test('names every alert, handed to somebody or given back', () => {
  const choices = new Map([
    ['a', 'amina'],
    ['b', giveBack],
    ['since resolved', 'amina'],
  ]);
  expect(checkOutOf(view, choices)).toEqual({
    handOver: [
      { alertId: 'a', to: 'amina' },
      { alertId: 'b', to: null },
    ],
  });
});

test('lets those who have nothing leave at once', () => {
  expect(checkOutOf({ ...view, mine: [] }, new Map())).toEqual({ handOver: [] });
});
