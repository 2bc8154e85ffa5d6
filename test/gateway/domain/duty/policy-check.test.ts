import { describe, expect, test } from 'vitest';

import { checkPolicies } from '../../../../gateway/domain/duty/policy-check.ts';
import { timelinesOf } from '../../../../gateway/domain/duty/policy-timeline.ts';
import type { PolicyInput, Step } from '../../../../gateway/protocol/duty/policy.ts';
import { arrangementsOf, type GivenArrangements, person, unit } from './given-arrangements.ts';

const at = Date.parse('2026-11-22T11:00:00Z');
const homes = [
  { id: 'home-1', label: 'Storgatan 1', unitId: 'day' },
  { id: 'home-2', label: 'Storgatan 2', unitId: 'night' },
];
const endpoints = [
  { id: 'hook', name: 'Larmcentralen', disabledAt: null },
  { id: 'off', name: 'Telefonisten', disabledAt: at },
];
const unitStep: Step = {
  asks: [{ who: 'responsible-unit' }],
  channels: ['screen', 'push'],
  waitSeconds: 90,
};
const manyStep: Step = { ...unitStep, asks: [{ who: 'everyone' }] };

function policy(id: string, some: Partial<PolicyInput> = {}): PolicyInput {
  return {
    id,
    title: `Kedja ${id}`,
    severities: ['high'],
    steps: [unitStep, manyStep],
    arrivalMinutes: 20,
    reminderMinutes: 30,
    ...some,
  };
}

function findings(policies: readonly PolicyInput[], given: GivenArrangements = {}) {
  return checkPolicies({
    arrangements: arrangementsOf(given),
    municipalityId: 'norr',
    policies,
    homes,
    endpoints,
    channels: new Set(['screen', 'push']),
  }).map(({ severity, path, text }) => `${severity} ${path.join('.')}: ${text.en}`);
}

const asking = (...asks: Step['asks']) => policy('a', { steps: [{ ...unitStep, asks }] });

describe('policies have no findings', () => {
  test('when each is more specific than the other, or for other alerts', () => {
    const policies = [
      policy('all'),
      policy('night', { unitId: 'night' }),
      policy('home', { homeIds: ['home-1'] }),
      policy('home-at-night', { homeIds: ['home-1'], unitId: 'night' }),
      policy('other-home', { homeIds: ['home-2'] }),
      policy('emergency', { severities: ['emergency'] }),
    ];
    expect(findings(policies)).toEqual([]);
  });
});

describe('policies are refused', () => {
  test('when two have the same id', () => {
    expect(findings([policy('a'), policy('a', { severities: ['low'] })])).toEqual([
      'error policies.1.id: There is a policy "a" already.',
    ]);
  });

  test('when two are equally specific for the same severity', () => {
    const policies = [
      policy('a'),
      policy('b', { severities: ['low', 'high'] }),
      policy('c', { homeIds: ['home-1', 'home-2'] }),
      policy('d', { homeIds: ['home-2'] }),
    ];
    expect(findings(policies)).toEqual([
      'error policies.1: The same alerts have the policy "Kedja a" already: neither is more specific.',
      'error policies.3: The same alerts have the policy "Kedja c" already (Storgatan 2): neither is more specific.',
    ]);
  });

  test('when they are for homes or units that are not there', () => {
    expect(findings([policy('a', { homeIds: ['home-9'], unitId: 'gone' })])).toEqual([
      'error policies.0.homeIds.0: There is no home "home-9" here.',
      'error policies.0.unitId: The unit "gone" is not there, or does not serve this municipality.',
    ]);
  });

  test('when a step asks a unit, a person or an endpoint that is not there, or is another municipality’s', () => {
    const far = unit('far', { municipalityId: 'syd' });
    const chain = asking(
      { who: 'unit', unitId: 'far' },
      { who: 'people', ids: ['astrid', 'sara', 'nobody'] },
      { who: 'webhook', endpointId: 'gone' },
    );
    expect(findings([chain], { units: [unit('day'), far] })).toEqual([
      'error policies.0.steps.0.asks.0.unitId: The unit "Lag far" is not there, or does not serve this municipality.',
      'error policies.0.steps.0.asks.1.ids.1: There is nobody "sara" in the municipality.',
      'error policies.0.steps.0.asks.1.ids.2: There is nobody "nobody" in the municipality.',
      'error policies.0.steps.0.asks.2.endpointId: There is no webhook "gone".',
    ]);
  });

  test('when people would be told by channels alone that are not set up', () => {
    const text = 'e-mail is not set up in this service.';
    const byEmail = { ...unitStep, channels: ['email' as const] };
    const both = { ...manyStep, channels: ['screen' as const, 'email' as const] };
    expect(findings([policy('a', { steps: [byEmail, both] })])).toEqual([
      `error policies.0.steps.0.channels.0: Step 1: ${text}`,
      `warning policies.0.steps.1.channels.1: Step 2: ${text}`,
    ]);
  });
});

describe('policies are warned of', () => {
  const emergency = (...steps: Step[]) => [policy('a', { severities: ['emergency'], steps })];

  test('when an emergency waits long before anybody else is asked', () => {
    expect(findings(emergency({ ...unitStep, waitSeconds: 180 }, manyStep))).toEqual([]);
    expect(findings(emergency({ ...unitStep, waitSeconds: 181 }, manyStep))).toEqual([
      'warning policies.0.steps.0.waitSeconds: An emergency waits for more than three minutes before anybody else is asked.',
    ]);
  });

  test('when an emergency reaches many late, or never', () => {
    const slow = { ...unitStep, waitSeconds: 180 };
    const five = [slow, slow, slow, slow, slow];
    expect(findings(emergency(...five, manyStep))).toEqual([]);
    expect(findings(emergency(...five, { ...slow, waitSeconds: 10 }, manyStep))).toEqual([
      'warning policies.0.steps: An emergency reaches everybody on duty or the coordinators only after more than 15 minutes.',
    ]);
    expect(findings(emergency(unitStep))).toEqual([
      'warning policies.0.steps: An emergency never reaches everybody on duty or the coordinators.',
    ]);
  });

  test('when the chain ends with one person', () => {
    expect(findings([asking({ who: 'people', ids: ['astrid'] })])).toEqual([
      'warning policies.0.steps.0.asks: The chain ends with one single person.',
    ]);
    expect(findings([asking({ who: 'people', ids: ['astrid'] }, { who: 'everyone' })])).toEqual([]);
  });

  test('when a webhook is turned off', () => {
    expect(findings([asking({ who: 'webhook', endpointId: 'off' })])).toEqual([
      'warning policies.0.steps.0.asks.0.endpointId: The webhook "Telefonisten" is turned off, so nothing is sent there.',
    ]);
  });
});

describe('the timeline', () => {
  function timelines(policies: readonly PolicyInput[], given: GivenArrangements = {}) {
    return timelinesOf({
      arrangements: arrangementsOf(given),
      municipalityId: 'norr',
      policies,
      homes,
      names: new Map([
        ['astrid', 'Astrid'],
        ['bengt', 'Bengt'],
        ['hook', 'Larmcentralen'],
      ]),
      at,
    });
  }

  test('tells after how long who is asked, in both languages, and how often the last is asked again', () => {
    const steps: Step[] = [
      unitStep,
      { ...unitStep, asks: [{ who: 'unit', unitId: 'night' }], waitSeconds: 30 },
      {
        ...unitStep,
        asks: [
          { who: 'people', ids: ['astrid', 'bengt'] },
          { who: 'webhook', endpointId: 'hook' },
        ],
        waitSeconds: 300,
      },
    ];
    const [own] = timelines([policy('a', { steps })]);
    expect(own).toMatchObject({ policyId: 'a', isDefault: false, severities: ['high'] });
    expect(own?.steps.map(({ afterSeconds }) => afterSeconds)).toEqual([0, 90, 120]);
    expect(own?.steps.map(({ repeatsEverySeconds }) => repeatsEverySeconds)).toEqual([
      null,
      null,
      300,
    ]);
    expect(own?.steps.flatMap(({ asks }) => asks.map(({ text }) => text))).toEqual([
      {
        sv: 'de i tjänst i arbetslaget som svarar',
        en: 'those on duty in the unit that answers',
      },
      { sv: 'de i tjänst i Lag night', en: 'those on duty in Lag night' },
      { sv: 'Astrid och Bengt', en: 'Astrid and Bengt' },
      { sv: 'Larmcentralen genom webhook', en: 'Larmcentralen by webhook' },
    ]);
  });

  test('counts whom a step reaches now in the unit where that is fewest', () => {
    const units = [unit('day'), unit('night', { duty: 'check-in' })];
    const people = [person('astrid'), person('bengt')];
    const reached = (duties: GivenArrangements['duties'] = []) =>
      timelines([policy('a')], { units, people, duties })[0]?.steps.map(
        ({ reachesNow }) => reachesNow,
      );
    const duty = {
      id: 'duty-1',
      municipalityId: 'norr',
      personId: 'bengt',
      unitId: 'night',
      from: at,
      until: at + 1,
      byId: 'bengt',
    };
    expect(reached()).toEqual([0, 2]);
    expect(reached([duty])).toEqual([1, 2]);
    expect(reached([{ ...duty, until: at }])).toEqual([0, 2]);
  });

  test('of the defaults is told for the severities that no policy is for in general', () => {
    const policies = [policy('a'), policy('b', { severities: ['technical'], unitId: 'night' })];
    const defaults = timelines(policies).filter(({ isDefault }) => isDefault);
    expect(defaults.map(({ policyId, severities }) => [policyId, ...severities])).toEqual([
      ['care-default', 'emergency'],
      ['care-less-urgent', 'medium', 'low'],
      ['technical-default', 'technical'],
    ]);
  });
});
