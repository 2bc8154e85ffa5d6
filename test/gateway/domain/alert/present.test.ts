import { describe, expect, test } from 'vitest';

import type { AlertEvent } from '../../../../gateway/domain/alert/alert-event.ts';
import type { EscalationPolicy } from '../../../../gateway/domain/alert/policy.ts';
import { presentAlert, presentEvent } from '../../../../gateway/domain/alert/present.ts';
import type { Scope } from '../../../../gateway/domain/scope.ts';
import { alertAfter, policy, raisedEvent, reached } from './given-alert.ts';

const scope = {
  userId: 'amina',
  municipalityId: 'municipality',
  units: 'all',
  role: 'carer',
} as const;
const names = {
  homeLabel: 'Home',
  resident: null,
  device: undefined,
  people: new Map(),
  units: new Map([['unit', 'Norr']]),
  municipalities: new Map(),
  endpoints: new Map(),
};
const everyone = [{ who: 'everyone', id: null, name: null }];

function next(...events: AlertEvent[]) {
  return presentAlert(alertAfter(...events), 1, names, scope).next;
}

const raised = raisedEvent();
const escalated: AlertEvent = {
  type: 'escalated',
  reached,
  at: 60,
  step: 1,
  reason: 'unanswered',
  dueAt: 150,
};
const accepted: AlertEvent = { type: 'accepted', at: 70, by: 'amina', etaAt: null, dueAt: 900 };
const arrived: AlertEvent = { type: 'arrived', at: 80, by: 'amina', dueAt: 1_000 };
const returned: AlertEvent = {
  type: 'returned',
  by: null,
  reached,
  at: 900,
  step: 1,
  reason: 'no-arrival',
  dueAt: 990,
};
const reminded: AlertEvent = { type: 'notified', at: 1_000, reason: 'reminder', dueAt: 2_000 };
const suppressed: AlertEvent = {
  type: 'suppressed',
  at: 65,
  reason: 'silence',
  until: 500,
  dueAt: 500,
};
const resolved: AlertEvent = {
  type: 'resolved',
  at: 90,
  by: 'amina',
  outcome: 'helped',
  note: 'Up again.',
};
const commented: AlertEvent = { type: 'commented', at: 65, by: 'amina', text: 'On my way.' };

describe('what happens next', () => {
  test.each<[string, AlertEvent[], object]>([
    ['a new alert', [raised], { what: 'escalate', at: 60_000, since: 0, asks: everyone }],
    [
      'one at its last step',
      [raised, escalated],
      { what: 'ask-again', at: 150, since: 60, asks: everyone },
    ],
    [
      'one that is held back',
      [raised, suppressed],
      {
        what: 'hold-ends',
        at: 500,
        since: 65,
        asks: [{ who: 'unit', id: 'unit', name: 'Norr' }],
      },
    ],
    [
      'one that somebody has',
      [raised, accepted],
      { what: 'return', at: 900, since: 70, asks: everyone },
    ],
    [
      'one that came back',
      [raised, accepted, returned],
      { what: 'ask-again', at: 990, since: 900, asks: everyone },
    ],
    [
      'one with somebody on site',
      [raised, accepted, arrived],
      { what: 'remind', at: 1_000, since: 80, asks: [] },
    ],
    [
      'one that was reminded of',
      [raised, arrived, reminded],
      { what: 'remind', at: 2_000, since: 1_000, asks: [] },
    ],
  ])('says for %s when, since when and who is asked', (_, events, expected) => {
    expect(next(...events)).toEqual(expected);
  });

  test('asks the unit again where its policy does so first', () => {
    const [first, ...others] = policy.steps;
    const patient: EscalationPolicy = { ...policy, steps: [first, first, ...others] };
    const alert = { ...alertAfter(raised), policy: patient };
    expect(presentAlert(alert, 1, names, scope).next).toMatchObject({
      what: 'escalate',
      asks: [{ who: 'unit', id: 'unit', name: 'Norr' }],
    });
  });

  test('is not put off by what sets no deadline', () => {
    expect(next(raised, escalated, commented)).toEqual(next(raised, escalated));
  });

  test('is nothing once it is resolved', () => {
    expect(next(raised, resolved)).toBeNull();
  });
});

describe('an alert that waits for another', () => {
  const title = { sv: 'Fall', en: 'Fall' };
  const waiting = (queue: 'care' | 'technical') => {
    const inhibitor = { id: 'fall', title, queue };
    return alertAfter(raised, { type: 'inhibited', at: 5, inhibitor, dueAt: 600_005 });
  };
  const seenBy = (queue: 'care' | 'technical', some: Partial<Scope>) =>
    presentAlert(waiting(queue), 1, names, { ...scope, ...some }).inhibitedBy;

  test('says which, and counts down to nothing', () => {
    expect(presentAlert(waiting('care'), 1, names, scope)).toMatchObject({
      state: 'firing',
      inhibitedBy: { id: 'fall', title },
      next: null,
    });
  });

  test('does not give away the title of an alert that the reader may not see', () => {
    const hidden = { id: 'fall', title: null };
    expect(seenBy('care', { role: 'technician' })).toEqual(hidden);
    expect(seenBy('technical', { role: 'technician' })).toEqual({ id: 'fall', title });
    expect(seenBy('care', { units: ['elsewhere'] })).toEqual(hidden);
    expect(seenBy('care', { units: ['unit'] })).toEqual({ id: 'fall', title });
  });
});

test('an alert carries what to do on arrival', () => {
  const action = { sv: 'Gå in.', en: 'Go in.' };
  const rule = { id: 'fall', version: 3, title: { sv: 'Fall', en: 'Fall' }, action };
  expect(presentAlert(alertAfter(raisedEvent({ rule })), 1, names, scope).rule).toEqual(rule);
});

test('a timeline keeps the words of people apart from the reasons of the gateway', () => {
  const told = [escalated, returned, reminded, commented, resolved, accepted].map((event) => {
    const { text, reason } = presentEvent(event, 1, names);
    return [text, reason];
  });
  expect(told).toEqual([
    [null, 'unanswered'],
    [null, 'no-arrival'],
    [null, 'reminder'],
    ['On my way.', null],
    ['Up again.', null],
    [null, null],
  ]);
});
