import { describe, expect, test } from 'vitest';

import {
  freeId,
  freshPolicy,
  isWrongAt,
  joinWait,
  mergePolicies,
  policyFrom,
  splitWait,
  targetOf,
  type Timeline,
  wrongPlaces,
} from '../../../dashboard/policy/policy-draft.ts';
import { policySentences } from '../../../dashboard/policy/policy-words.ts';
import { sv } from '../../../dashboard/text/sv.ts';
import { PolicySet } from '../../../gateway/protocol/duty/policy.ts';

const text = { sv: 'x', en: 'x' };
const timeline: Timeline = {
  policyId: 'default-high',
  isDefault: true,
  title: text,
  severities: ['high'],
  steps: [
    {
      step: 0,
      afterSeconds: 0,
      asks: [{ target: { who: 'responsible-unit' }, text }],
      channels: ['screen'],
      reachesNow: 2,
      repeatsEverySeconds: null,
    },
    {
      step: 1,
      afterSeconds: 90,
      asks: [{ target: { who: 'coordinators' }, text }],
      channels: ['push', 'email'],
      reachesNow: 0,
      repeatsEverySeconds: 300,
    },
  ],
};

describe('a policy that is written', () => {
  test('is one that the gateway takes from the start', () => {
    const set = { policies: [freshPolicy('Ny kedja', [])] };
    expect(PolicySet.safeParse(set).success).toBe(true);
    expect(wrongPlaces(set).size).toBe(0);
  });

  test('begins with the steps of the default, as they fall', () => {
    const policy = policyFrom(timeline, 'Hög, natt', []);
    expect(policy.id).toBe('hog-natt');
    expect(policy.steps).toEqual([
      { asks: [{ who: 'responsible-unit' }], channels: ['screen'], waitSeconds: 90 },
      { asks: [{ who: 'coordinators' }], channels: ['push', 'email'], waitSeconds: 300 },
    ]);
    expect(PolicySet.safeParse({ policies: [policy] }).success).toBe(true);
  });

  test('is told where it cannot be read', () => {
    const policy = freshPolicy('Natt', []);
    const steps = [{ asks: [targetOf('unit')], channels: [], waitSeconds: Number.NaN }];
    const wrong = wrongPlaces({ policies: [policy, { ...policy, title: ' ', steps }] });
    expect(isWrongAt(wrong, '0')).toBe(false);
    for (const place of ['title', 'steps.0.asks.0', 'steps.0.channels', 'steps.0.waitSeconds']) {
      expect({ place, isWrong: isWrongAt(wrong, `1.${place}`) }).toEqual({ place, isWrong: true });
    }
    expect(isWrongAt(wrong, '1.arrivalMinutes')).toBe(false);
  });

  test('has an id that no other has, whatever it is called', () => {
    expect(freeId('Å!', ['a'])).toBe('a-2');
    expect(freeId('***', [])).toBe('policy');
    expect(freeId('Natt', ['natt', 'natt-2'])).toBe('natt-3');
  });

  test('keeps one’s own change of one policy and another’s of the next', () => {
    const [one, two] = [freshPolicy('Ett', []), freshPolicy('Två', [])];
    const base = { policies: [one, two] };
    const mine = { policies: [{ ...one, arrivalMinutes: 5 }, two] };
    const theirs = { policies: [one, { ...two, arrivalMinutes: 9 }] };
    const merged = mergePolicies(base, mine, theirs);
    expect(merged.policies.map(({ arrivalMinutes }) => arrivalMinutes)).toEqual([5, 9]);
  });

  test('is read as sentences', () => {
    const names = { units: [], homes: [], people: [], endpoints: [] };
    expect(policySentences({ policies: [policyFrom(timeline, 'Hög', [])] }, names, sv)).toEqual([
      'Hög: hög, i hela kommunen',
      'Hög, steg 1: de i tjänst i arbetslaget som svarar, via skärm, väntar 90 s',
      'Hög, steg 2: samordnare med jour, annars alla samordnare, via notis, e-post, väntar 5 min',
      'Hög: Framme inom 30 min, annars frågas på nytt. På plats påminns var 30 min.',
    ]);
  });
});

test('a wait is written as people say it, and means the same', () => {
  expect(splitWait(90)).toEqual({ count: '90', unit: 's' });
  expect(splitWait(60)).toEqual({ count: '60', unit: 's' });
  expect(splitWait(300)).toEqual({ count: '5', unit: 'm' });
  expect(splitWait(7_200)).toEqual({ count: '2', unit: 'h' });
  for (const seconds of [10, 60, 90, 120, 300, 3_600, 5_400, 86_400]) {
    const { count, unit } = splitWait(seconds);
    expect(joinWait(count, unit)).toBe(seconds);
  }
  expect(joinWait('en stund', 'm')).toBeNaN();
});
