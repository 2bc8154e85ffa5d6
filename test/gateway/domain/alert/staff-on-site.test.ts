import { describe, expect, test } from 'vitest';

import type { AlertTerms } from '../../../../gateway/domain/alert/terms.ts';
import type { Raise } from '../../../../gateway/domain/home/call.ts';
import { type AlertHome, openAlertHome } from './inhibited-home.ts';

const minute = 60_000;
const activity: Partial<Raise> = { about: 'activity', severity: 'medium' };

/** A home with an alert that somebody has come to at minute 1. */
function visited(options: { terms?: Partial<AlertTerms> } = {}): AlertHome {
  const home = openAlertHome({}, { loads: 'whole', ...options });
  home.calls('help', 0);
  home.commands('help', { type: 'arrive', by: 'amina', at: minute });
  return home;
}

const heldOf = (home: AlertHome, need: string) => home.find(need)?.held;

describe('with staff in the home', () => {
  test('everyday activity asks nobody, for five minutes at a time', () => {
    const home = visited();
    home.calls('door', 2 * minute, activity);
    expect(heldOf(home, 'door')).toEqual({ why: 'staff-on-site', until: 7 * minute });
    home.commands('door', { type: 'tick', at: 7 * minute });
    expect(heldOf(home, 'door')).toEqual({ why: 'staff-on-site', until: 12 * minute });
    home.commands('help', {
      type: 'resolve',
      by: 'amina',
      outcome: 'helped',
      note: null,
      at: 8 * minute,
    });
    home.commands('door', { type: 'tick', at: 12 * minute });
    expect(home.find('door')).toMatchObject({ held: null, state: 'firing' });
  });

  test('what asked already asks no longer', () => {
    const home = openAlertHome({}, { loads: 'whole' });
    home.calls('door', 0, activity);
    home.calls('help', 0);
    home.commands('help', { type: 'accept', by: 'amina', etaMinutes: null, at: 1 });
    expect(heldOf(home, 'door')).toBeNull();
    home.commands('help', { type: 'arrive', by: 'amina', at: minute });
    expect(heldOf(home, 'door')).toEqual({ why: 'staff-on-site', until: 6 * minute });
  });

  test('calls for care, emergencies and the equipment ask as always', () => {
    const home = visited();
    home.calls('fall', 2 * minute, { about: 'care', severity: 'high' });
    home.calls('wander', 2 * minute, { about: 'activity', severity: 'emergency' });
    home.calls('silent', 2 * minute, { about: 'technical', severity: 'technical' });
    for (const need of ['fall', 'wander', 'silent']) expect(heldOf(home, need)).toBeNull();
  });

  test('who have been reminded to resolve, and have not, have probably left', () => {
    const home = visited();
    home.calls('door', 31 * minute, activity);
    expect(heldOf(home, 'door')).toBeNull();
  });

  test('only a visit for a real alert counts', () => {
    const testModeOf = () => ({ technicianId: 'teo', until: 60 * minute });
    const home = visited({ terms: { testModeOf } });
    home.calls('door', 2 * minute, activity);
    expect(heldOf(home, 'door')).toBeNull();
  });
});

test('an alert is held back from its first moment, and goes to the next unit when that answers', () => {
  const until = 30 * minute;
  const terms: Partial<AlertTerms> = {
    heldBy: (_, at) => (at < until ? { why: 'pause', until } : null),
    responsibleFor: (_, at) =>
      at < 10 * minute ? { unitId: 'unit', until: 10 * minute } : { unitId: 'day', until: null },
  };
  const home = openAlertHome({}, { loads: 'whole', terms });
  home.calls('door', 0, activity);
  expect(home.find('door')).toMatchObject({ held: { why: 'pause', until }, dueAt: 10 * minute });
  home.commands('door', { type: 'tick', at: 10 * minute });
  expect(home.find('door')).toMatchObject({
    unitId: 'day',
    held: { why: 'pause', until },
    dueAt: until,
  });
});
