import { expect, test } from 'vitest';

import { queryOf } from '../../../dashboard/api/fleet-api.ts';
import { addressOf, isNarrow, wishOf } from '../../../dashboard/fleet/wish.ts';

test('a wish is what its address says, and what nobody knows is not asked for', () => {
  const address = 'fault=silent&unit=norr-1&kind=hub&sort=battery';
  const wish = wishOf(new URLSearchParams(address));
  expect(wish).toEqual({ fault: 'silent', unitId: 'norr-1', profile: 'hub', sort: 'battery' });
  expect(addressOf(wish).toString()).toBe(address);
  expect(wishOf(new URLSearchParams('fault=tired&sort=colour'))).toMatchObject({
    fault: undefined,
    sort: 'fault',
  });
});

test('what is sought in words is asked for, and never in the address', () => {
  const wish = { ...wishOf(new URLSearchParams()), search: 'Storgatan 4' };
  expect(queryOf(wish)).toBe('sort=fault&search=Storgatan+4');
  expect(addressOf(wish).toString()).toBe('');
});

test('nothing is narrow until something is asked for', () => {
  const all = wishOf(new URLSearchParams());
  expect(isNarrow({ ...all, search: '' })).toBe(false);
  expect(isNarrow({ ...all, search: 'x' })).toBe(true);
  expect(isNarrow({ ...all, fault: 'none' })).toBe(true);
  expect(isNarrow({ ...all, sort: 'home' })).toBe(false);
});
