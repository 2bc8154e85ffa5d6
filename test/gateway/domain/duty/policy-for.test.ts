import { expect, test } from 'vitest';

import { defaultPolicies } from '../../../../gateway/domain/alert/policy.ts';
import type { PolicyWish } from '../../../../gateway/domain/alert/terms.ts';
import { noArrangements } from '../../../../gateway/domain/duty/arrangement.ts';
import { policyFor } from '../../../../gateway/domain/duty/policy-for.ts';
import type { PolicyInput } from '../../../../gateway/protocol/duty/policy.ts';

const wish: PolicyWish = {
  severity: 'high',
  municipalityId: 'norr',
  homeId: 'skogen',
  unitId: 'day',
};

function policy(id: string, some: Partial<PolicyInput> = {}): PolicyInput {
  return {
    id,
    title: id,
    severities: ['high'],
    steps: [{ asks: [{ who: 'responsible-unit' }], channels: ['screen'], waitSeconds: 45 }],
    arrivalMinutes: 15,
    reminderMinutes: 20,
    ...some,
  };
}

function chosen(policies: PolicyInput[], some: Partial<PolicyWish> = {}) {
  const plan = { lines: [], exceptions: [] };
  const norr = { id: 'norr', name: 'Norr', timeZone: 'Europe/Stockholm', plan, policies };
  const municipalities = new Map([['norr', norr]]);
  return policyFor({ ...noArrangements, municipalities }, { ...wish, ...some });
}

const all = policy('all');
const ofUnit = policy('unit', { unitId: 'day' });
const ofHome = policy('home', { homeIds: ['skogen'] });

test('the most specific policy wins: of the home, of the unit, of the municipality', () => {
  expect(chosen([all, ofUnit, ofHome]).id).toBe('home');
  expect(chosen([ofHome, all, ofUnit], { homeId: 'storgatan' }).id).toBe('unit');
  const elsewhere = { homeId: 'storgatan', unitId: 'night' };
  expect(chosen([ofHome, ofUnit, all], elsewhere).id).toBe('all');
});

test('what no policy matches has the default of its severity, never nobody', () => {
  expect(chosen([])).toBe(defaultPolicies.high);
  expect(chosen([policy('low', { severities: ['low'] })])).toBe(defaultPolicies.high);
  expect(chosen([policy('other', { homeIds: ['storgatan'] })])).toBe(defaultPolicies.high);
});

test('it is kept in milliseconds', () => {
  expect(chosen([all])).toEqual({
    id: 'all',
    steps: [{ asks: [{ who: 'responsible-unit' }], channels: ['screen'], waitMs: 45_000 }],
    arrivalMs: 900_000,
    reminderMs: 1_200_000,
  });
});
