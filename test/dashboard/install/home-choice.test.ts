import { expect, test } from 'vitest';

import { lastUsed, orderHomes } from '../../../dashboard/install/home-choice.ts';
import { installation } from './installation.ts';

const unit = { id: 'norr', name: 'Nattpatrullen' };
const homes = [
  { id: 'a', label: 'Aspgatan 1', unit },
  { id: 'b', label: 'Björkgatan 2', unit },
  { id: 'c', label: 'Cedergatan 3', unit },
];

function used(homeId: string, changedAt: number, personId = 'tore') {
  return installation({
    home: { id: homeId, label: homeId },
    by: { id: personId, name: personId },
    changedAt,
  });
}

test('homes where the reader installed last stand first, whatever others did', () => {
  const last = lastUsed([used('b', 1), used('c', 3), used('b', 2), used('a', 9, 'ulla')], 'tore');
  expect(orderHomes(homes, last, '').map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

test('finds a home by its address or its unit', () => {
  const found = (wanted: string) => orderHomes(homes, new Map(), wanted).map(({ id }) => id);
  expect(found('björk')).toEqual(['b']);
  expect(found('natt')).toEqual(['a', 'b', 'c']);
});
