import { expect, test } from 'vitest';

import { alarmPhase, newlySeen, testsLeft } from '../../../dashboard/install/trial.ts';
import type { InstallationTest } from '../../../gateway/protocol/device/installation.ts';

const waits: InstallationTest = {
  type: 'door.opened',
  seenAt: null,
  skipped: null,
  isUnconsented: false,
};
const closed: InstallationTest = { ...waits, type: 'door.closed' };

test('a test is left until it was heard or skipped with a reason', () => {
  const skipped = { ...closed, skipped: { reason: 'Går i baklås', at: 1 } };
  expect(testsLeft([waits, closed])).toBe(2);
  expect(testsLeft([{ ...waits, seenAt: 1 }, skipped])).toBe(0);
});

test('tells what was heard since the last look, once', () => {
  const before = [waits, { ...closed, seenAt: 1 }];
  const after = [
    { ...waits, seenAt: 2 },
    { ...closed, seenAt: 1 },
  ];
  expect(newlySeen(before, after)).toEqual(['door.opened']);
  expect(newlySeen(after, after)).toEqual([]);
});

test('an alarm goes from armed to raised to taken', () => {
  const none = { armedAt: null, raisedAt: null, acceptedAt: null };
  expect(alarmPhase(none)).toBe('idle');
  expect(alarmPhase({ ...none, armedAt: 1 })).toBe('armed');
  expect(alarmPhase({ ...none, armedAt: 1, raisedAt: 2 })).toBe('raised');
  expect(alarmPhase({ armedAt: 1, raisedAt: 2, acceptedAt: 3 })).toBe('accepted');
});
