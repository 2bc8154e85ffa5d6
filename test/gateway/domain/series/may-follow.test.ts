import { expect, test } from 'vitest';

import type { Consent, Purpose } from '../../../../gateway/domain/consent.ts';
import { createMayFollow } from '../../../../gateway/domain/series/may-follow.ts';

const day = 24 * 3_600_000;

function given(
  purpose: Purpose,
  residentId: string,
  from = 0,
  until: number | null = null,
): Consent {
  return { purpose, residentId, from, until };
}

const both = (purpose: Purpose) => [given(purpose, 'elsa'), given(purpose, 'nils')];

function mayFollow(...consents: Consent[]) {
  const residents = [{ id: 'elsa' }, { id: 'nils' }];
  return createMayFollow({ residents, consents });
}

test('somebody is followed while all who live there agree to that, and to what the event tells', () => {
  const all = mayFollow(...both('statistics'), ...both('activity'));
  expect(all('door.opened', 'door-contact', day)).toBe(true);
  // What tells of the equipment alone needs no consent of its own, and yet a home is not followed without.
  expect(all('temperature.measured', 'thermometer', day)).toBe(true);
  const withoutActivity = mayFollow(...both('statistics'));
  expect(withoutActivity('door.opened', 'door-contact', day)).toBe(false);
  expect(withoutActivity('temperature.measured', 'thermometer', day)).toBe(true);
  const withoutStatistics = mayFollow(...both('activity'), given('statistics', 'elsa'));
  expect(withoutStatistics('door.opened', 'door-contact', day)).toBe(false);
  expect(withoutStatistics('temperature.measured', 'thermometer', day)).toBe(false);
});

test('what was before they agreed is not followed, and nothing is once one does not any more', () => {
  const later = [given('statistics', 'elsa', 2 * day), given('statistics', 'nils')];
  const begun = mayFollow(...later, ...both('activity'));
  expect(begun('door.opened', 'door-contact', day)).toBe(false);
  expect(begun('door.opened', 'door-contact', 2 * day)).toBe(true);
  const activity = [given('activity', 'elsa', 2 * day), given('activity', 'nils')];
  const known = mayFollow(...both('statistics'), ...activity);
  expect(known('door.opened', 'door-contact', day)).toBe(false);
  const ended = [given('statistics', 'elsa', 0, 3 * day), given('statistics', 'nils')];
  expect(mayFollow(...ended, ...both('activity'))('door.opened', 'door-contact', day)).toBe(false);
  const hidden = [given('activity', 'elsa', 0, 3 * day), given('activity', 'nils')];
  expect(mayFollow(...both('statistics'), ...hidden)('door.opened', 'door-contact', day)).toBe(
    false,
  );
});

test('what was before a consent that was withdrawn and given again is not followed', () => {
  const again = (purpose: Purpose) => [
    given(purpose, 'elsa', 0, 3 * day),
    given(purpose, 'elsa', 4 * day),
    given(purpose, 'nils'),
  ];
  const known = mayFollow(...both('statistics'), ...again('activity'));
  expect(known('door.opened', 'door-contact', day)).toBe(false);
  expect(known('door.opened', 'door-contact', 4 * day)).toBe(true);
  expect(known('temperature.measured', 'thermometer', day)).toBe(true);
  const seen = mayFollow(...both('statistics'), ...both('activity'), ...again('camera'));
  expect(seen('person.seen', 'night-camera', day)).toBe(false);
  expect(seen('door.opened', 'door-contact', day)).toBe(true);
  const followed = mayFollow(...again('statistics'), ...both('activity'));
  expect(followed('door.opened', 'door-contact', day)).toBe(false);
});
