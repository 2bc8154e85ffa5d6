import { expect, test } from 'vitest';

import { mayBeKnown, purposeOf } from '../../../gateway/domain/consent.ts';

test.for(['illuminance.measured', 'power.measured'] as const)(
  '%s tells how somebody lives, and needs their consent to it',
  (type) => {
    expect(purposeOf(type, 'plug')).toBe('activity');
    const home = (...purposes: readonly ('help' | 'activity' | 'statistics')[]) => ({
      residents: [{ id: 'elsa' }],
      consents: purposes.map((purpose) => ({
        purpose,
        residentId: 'elsa',
        from: 0,
        until: null,
      })),
    });
    expect(mayBeKnown(type, 'plug', home('help', 'statistics'), 1)).toBe(false);
    expect(mayBeKnown(type, 'plug', home('activity'), 1)).toBe(true);
  },
);

test('that mains power is gone concerns the equipment alone', () => {
  expect(purposeOf('power.lost', 'plug')).toBeNull();
});
