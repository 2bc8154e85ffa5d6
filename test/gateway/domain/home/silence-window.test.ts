import { describe, test } from 'vitest';

import { event, homeWith, liveHome, local, rulesOf } from './given-home.ts';

const home = homeWith({ id: 'hall', placedAt: local('2026-10-20T12:00') });

function night(length: string) {
  const rules = rulesOf({
    absence: { of: 'motion.detected', for: length },
    per: 'device',
    during: { from: '22:00', to: '06:00' },
  });
  return liveHome(home, rules);
}

function seen(at: string) {
  return event('hall', 'motion.detected', local(at));
}

describe('a silence that must last as long as its hours', () => {
  test('is called for where they end', () => {
    night('8h')
      .hears(seen('2026-10-20T21:59:59'))
      .passesTime(local('2026-10-21T06:00'))
      .callsFor('rule/hall', local('2026-10-21T06:00'));
  });

  test('is ended by one sign of life within them, and begins anew with the next', () => {
    const lived = night('8h').hears(seen('2026-10-20T22:00'));
    lived.passesTime(local('2026-10-22T05:59:59')).staysQuiet();
    lived.passesTime(local('2026-10-22T06:00')).callsFor('rule/hall', local('2026-10-22T06:00'));
  });

  test('does not wait for the longer night when the clocks are put back', () => {
    night('8h')
      .hears(seen('2026-10-20T23:00'), seen('2026-10-21T23:00'), seen('2026-10-22T23:00'))
      .passesTime(local('2026-10-24T06:00'))
      .callsFor('rule/hall', local('2026-10-24T06:00'));
  });

  test('is called for where they end also when it should last longer', () => {
    night('10h')
      .hears(seen('2026-10-20T23:00'))
      .passesTime(local('2026-10-22T06:00'))
      .callsFor('rule/hall', local('2026-10-22T06:00'));
  });
});
