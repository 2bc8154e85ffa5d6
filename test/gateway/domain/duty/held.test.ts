import { describe, expect, test } from 'vitest';

import { type Hold, noArrangements } from '../../../../gateway/domain/duty/arrangement.ts';
import { heldBy, testModeOf } from '../../../../gateway/domain/duty/held.ts';
import type { Matchers } from '../../../../gateway/protocol/duty/hold.ts';

const title = { sv: 'Dörr', en: 'Door' };
const alert = {
  municipalityId: 'norr',
  homeId: 'skogen',
  unitId: 'patrol',
  deviceId: 'door',
  rule: { id: 'front-door', version: 1, title, action: null },
  severity: 'high',
  about: 'activity',
  isTest: false,
} as const;

function hold(some: Partial<Hold>): Hold {
  const own = { municipalityId: 'norr', homeId: null, matchers: null, reason: 'Skäl' };
  return { id: 'h', kind: 'pause', ...own, from: 10, until: 20, byId: 'karin', ...some };
}

const pause = hold({ homeId: 'skogen' });
const silenced = (matchers: Matchers, some: Partial<Hold> = {}) =>
  hold({ kind: 'silence', matchers, ...some });

function held(holds: Hold[], some: object = {}, at = 15) {
  return heldBy({ ...noArrangements, holds }, { ...alert, ...some }, at);
}

describe('a pause', () => {
  test('holds back what happens in its home from its beginning to its end', () => {
    expect([9, 10, 19, 20].map((at) => held([pause], {}, at))).toEqual([
      null,
      { why: 'pause', until: 20 },
      { why: 'pause', until: 20 },
      null,
    ]);
    expect(held([pause], { homeId: 'storgatan' })).toBeNull();
    expect(held([pause], { homeId: null })).toBeNull();
  });

  test('lets calls for care and emergencies through, and holds back technical alerts', () => {
    expect(held([pause], { about: 'care' })).toBeNull();
    expect(held([pause], { severity: 'emergency' })).toBeNull();
    expect(held([pause], { about: 'technical', severity: 'technical' })).not.toBeNull();
  });
});

describe('a silence', () => {
  test.each<[string, Matchers, object]>([
    ['rule', { ruleIds: ['front-door'] }, { rule: { ...alert.rule, id: 'bed' } }],
    ['severity', { severities: ['high', 'low'] }, { severity: 'medium' }],
    ['home', { homeIds: ['skogen'] }, { homeId: 'storgatan' }],
    ['unit', { unitIds: ['patrol'] }, { unitId: 'day' }],
    ['device', { deviceIds: ['door'] }, { deviceId: null }],
  ])('is about one %s and no other', (_, matchers, other) => {
    expect(held([silenced(matchers)])).toEqual({ why: 'silence', until: 20 });
    expect(held([silenced(matchers)], other)).toBeNull();
  });

  test('matches only what matches all that it names', () => {
    const both = silenced({ ruleIds: ['front-door'], homeIds: ['storgatan'] });
    expect(held([both])).toBeNull();
    expect(held([both], { homeId: 'storgatan' })).not.toBeNull();
  });

  test('is never of an emergency, of a test, or of another municipality', () => {
    const all = silenced({ ruleIds: ['front-door'] });
    expect(held([all], { severity: 'emergency' })).toBeNull();
    expect(held([all], { isTest: true })).toBeNull();
    expect(held([all], { municipalityId: 'syd' })).toBeNull();
  });
});

test('of several the one that lasts longest holds', () => {
  const silence = silenced({ homeIds: ['skogen'] }, { until: 30 });
  const expected = { why: 'silence', until: 30 };
  expect(held([pause, silence])).toEqual(expected);
  expect(held([silence, pause])).toEqual(expected);
});

test('a home is tried out by itself, for its time, and holds nothing back', () => {
  const trial = hold({ kind: 'test', homeId: 'skogen', byId: 'teo' });
  const arrangements = { ...noArrangements, holds: [trial] };
  const of = (homeId: string, deviceId: string | null = null) => ({ homeId, deviceId });
  const byTeo = { technicianId: 'teo', until: 20 };
  expect(testModeOf(arrangements, of('skogen'), 15)).toEqual(byTeo);
  expect(testModeOf(arrangements, of('skogen', 'button'), 15)).toEqual(byTeo);
  expect(testModeOf(arrangements, of('skogen'), 20)).toBeNull();
  expect(testModeOf(arrangements, of('storgatan'), 15)).toBeNull();
  expect(held([trial])).toBeNull();
});

test('a device on trial is tried out alone: the rest of its home is not', () => {
  const matchers = { deviceIds: ['button'] };
  const trial = hold({ kind: 'test', homeId: 'skogen', byId: 'teo', matchers });
  const arrangements = { ...noArrangements, holds: [trial] };
  const modeOf = (deviceId: string | null) =>
    testModeOf(arrangements, { homeId: 'skogen', deviceId }, 15);
  expect(modeOf('button')).toEqual({ technicianId: 'teo', until: 20 });
  expect([modeOf('door'), modeOf(null)]).toEqual([null, null]);
});
