import { expect, test } from 'vitest';

import { withoutRenewals } from '../../../dashboard/alert/renewal.ts';
import type { TimelineEntry } from '../../../gateway/protocol/alert.ts';
import { aChange, anAlert } from './alert-view.ts';

function shown(...types: TimelineEntry['type'][]): string[] {
  const { event } = aChange(anAlert());
  return withoutRenewals(types.map((type) => ({ ...event, type }))).map(({ type }) => type);
}

test('says once that an alert waits for another, however often it was looked at', () => {
  expect(shown('raised', 'inhibited', 'repeated', 'inhibited', 'inhibited', 'resolved')).toEqual([
    'raised',
    'inhibited',
    'repeated',
    'resolved',
  ]);
});

test.each(['returned', 'accepted', 'arrived'] as const)('says it again after it was %s', (type) => {
  const entries = ['inhibited', type, 'inhibited'] as const;
  expect(shown(...entries)).toEqual(entries);
});
