import { expect } from 'vitest';

import type { AlertEvent, Reach } from '../../../../gateway/domain/alert/alert-event.ts';
import type { Alert } from '../../../../gateway/domain/alert/alert.ts';
import { type AlertCommand, decide } from '../../../../gateway/domain/alert/decide.ts';
import { fold } from '../../../../gateway/domain/alert/evolve.ts';
import type { EscalationPolicy } from '../../../../gateway/domain/alert/policy.ts';
import { raisedByHome } from '../../../../gateway/domain/alert/raise.ts';
import type { AlertTerms } from '../../../../gateway/domain/alert/terms.ts';
import { staffedTerms } from '../../../../gateway/domain/duty/terms.ts';
import type { Raise } from '../../../../gateway/domain/home/call.ts';
import { homeWith } from '../home/given-home.ts';

export const policy: EscalationPolicy = {
  id: 'test',
  steps: [
    { asks: [{ who: 'responsible-unit' }], channels: ['screen'], waitMs: 60_000 },
    { asks: [{ who: 'everyone' }], channels: ['screen'], waitMs: 90_000 },
  ],
  arrivalMs: 20 * 60_000,
  reminderMs: 30 * 60_000,
};

/** Somebody always answers for the home, and every step reaches them. */
export const terms: AlertTerms = { ...staffedTerms(() => 'alert'), policyFor: () => policy };

/** The unit, as a step that asks it reaches it. */
export const reached: Reach = {
  parties: [{ kind: 'unit', ref: 'unit', until: null }],
  people: [],
  endpoints: [],
  isNobody: false,
};

export const call: Raise = {
  type: 'raise',
  need: 'help/button',
  rule: { id: 'help', version: 1, title: { sv: 'Hjälp', en: 'Help' }, action: null },
  severity: 'high',
  about: 'care',
  deviceId: 'button',
  eventId: 'e1',
  since: 0,
  lateMs: null,
  urgent: false,
  worsening: false,
  leavesWhenCleared: false,
  inhibits: [],
};

export function raisedEvent(more: Partial<Raise> = {}): AlertEvent {
  const [event] = raisedByHome({ ...call, ...more }, homeWith(), 0, terms);
  if (event === undefined) throw new Error('A call raises an alert.');
  return event;
}

export function alertAfter(...events: AlertEvent[]): Alert {
  const alert = fold(events);
  if (alert === null) throw new Error('The history does not begin with `raised`.');
  return alert;
}

/** Given a history, when a command is given, these events come of it. */
export function given(...events: AlertEvent[]) {
  const alert = alertAfter(...events);
  return {
    when: (command: AlertCommand) => ({
      gives: (...expected: object[]) => {
        expect(decide(alert, command, terms)).toMatchObject(expected);
        expect(decide(alert, command, terms)).toHaveLength(expected.length);
      },
      isRefused: (reason: string) => {
        expect(() => decide(alert, command, terms)).toThrow(reason);
      },
    }),
  };
}
