import { describe, expect, test } from 'vitest';

import type { AlertEvent, Reach } from '../../../../gateway/domain/alert/alert-event.ts';
import type { Notification } from '../../../../gateway/domain/notification/notification.ts';
import { isStillWanted } from '../../../../gateway/domain/notification/still-wanted.ts';
import { alertAfter, policy, raisedEvent } from '../alert/given-alert.ts';

type Told = Pick<Notification, 'kind' | 'asking' | 'channel' | 'target'>;

function reaching(people: readonly string[], endpoints: readonly string[] = []): Reach {
  return { parties: [], people, endpoints, isNobody: false };
}

function isWanted(some: Partial<Told>, ...events: AlertEvent[]): boolean {
  const told: Told = { kind: 'asked', asking: 1, channel: 'push', target: 'amina', ...some };
  const alert = alertAfter(raisedEvent(), ...events);
  const [first] = policy.steps;
  const steps = [{ ...first, channels: ['screen', 'push'] as const }] as const;
  return isStillWanted({ ...alert, policy: { ...policy, steps } }, told);
}

const accepted: AlertEvent = { type: 'accepted', at: 70, by: 'amina', etaAt: null, dueAt: 900 };
const arrived: AlertEvent = { type: 'arrived', at: 80, by: 'amina', dueAt: 1_000 };
const inhibitor = { id: 'fall', title: { sv: 'Fall', en: 'Fall' }, queue: 'care' } as const;
const inhibited: AlertEvent = { type: 'inhibited', at: 70, inhibitor, dueAt: 900 };
const declined: AlertEvent = { type: 'declined', at: 70, by: 'amina' };
const held: AlertEvent = { type: 'suppressed', at: 70, reason: 'silence', until: 900, dueAt: 900 };
const resolved: AlertEvent = { type: 'resolved', at: 90, by: null, outcome: 'helped', note: null };
const returned: AlertEvent = {
  type: 'returned',
  at: 900,
  by: null,
  step: 0,
  reason: 'no-arrival',
  reached: reaching(['bengt']),
  dueAt: 990,
};

function escalated(reached: Reach): AlertEvent {
  return { type: 'escalated', at: 60, step: 0, reason: 'unanswered', reached, dueAt: 150 };
}

function handedTo(to: string): AlertEvent {
  return { type: 'handed-over', at: 80, by: 'amina', to, reached: reaching([to]), dueAt: 900 };
}

function helpWanted(...people: string[]): AlertEvent {
  const reached = reaching(people);
  return { type: 'help-wanted', at: 80, by: 'amina', step: 0, helpDueAt: 900, reached };
}

describe('an asking', () => {
  test('is wanted while nobody has answered', () => {
    expect(isWanted({})).toBe(true);
  });

  test.each([
    ['somebody has it', [accepted]],
    ['it waits for another alert', [inhibited]],
    ['it is silenced', [held]],
    ['it is over', [resolved]],
    ['this person cannot come', [declined]],
  ])('is not wanted once %s', (_, events) => {
    expect(isWanted({}, ...events)).toBe(false);
  });

  test('is wanted from a colleague of whoever cannot come', () => {
    expect(isWanted({ target: 'bengt' }, declined)).toBe(true);
  });

  test('gives way to a later one that asks the same person through the same channel', () => {
    const later = escalated(reaching(['amina', 'bengt']));
    expect(isWanted({}, later)).toBe(false);
    expect(isWanted({ asking: 2 }, later)).toBe(true);
  });

  test('is wanted although a later step asks others, or through other channels', () => {
    expect(isWanted({}, escalated(reaching(['bengt'])))).toBe(true);
    expect(isWanted({ channel: 'email' }, escalated(reaching(['amina'])))).toBe(true);
  });

  test('of an endpoint gives way only to a later one of that endpoint', () => {
    const webhook = { channel: 'webhook', target: 'centre' } as const;
    expect(isWanted(webhook, escalated(reaching(['amina'])))).toBe(true);
    expect(isWanted(webhook, escalated(reaching([], ['centre'])))).toBe(false);
  });

  test('for more help is wanted while somebody has the alert', () => {
    const help = { asking: 2, target: 'bengt' };
    expect(isWanted(help, accepted, helpWanted('bengt'))).toBe(true);
    expect(
      isWanted(help, accepted, helpWanted('bengt'), { type: 'joined', at: 85, by: 'cilla' }),
    ).toBe(false);
  });

  test('tells a colleague that the alert is now theirs, until they are there', () => {
    const handed = { asking: 2, target: 'bengt' };
    expect(isWanted(handed, accepted, handedTo('bengt'))).toBe(true);
    expect(isWanted({ asking: 1, target: 'bengt' }, accepted, handedTo('bengt'))).toBe(false);
    const there: AlertEvent = { ...arrived, by: 'bengt' };
    expect(isWanted(handed, accepted, handedTo('bengt'), there)).toBe(false);
  });
});

describe('that somebody is on the way', () => {
  test.each(['taken', 'reassure'] as const)('(%s) is told as long as it is so', (kind) => {
    expect(isWanted({ kind }, accepted)).toBe(true);
    expect(isWanted({ kind }, accepted, arrived)).toBe(true);
    expect(isWanted({ kind }, accepted, returned)).toBe(false);
    expect(isWanted({ kind }, accepted, resolved)).toBe(false);
  });
});

test('that it is over is always told', () => {
  expect(isWanted({ kind: 'resolved' }, accepted, resolved)).toBe(true);
});
