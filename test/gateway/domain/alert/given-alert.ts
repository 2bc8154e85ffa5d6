import { expect } from 'vitest';

import type { AlertEvent } from '../../../../gateway/domain/alert/alert-event.ts';
import { type Alert, fold } from '../../../../gateway/domain/alert/alert.ts';
import { type AlertCommand, decide } from '../../../../gateway/domain/alert/decide.ts';
import type { EscalationPolicy } from '../../../../gateway/domain/alert/policy.ts';
import { raised } from '../../../../gateway/domain/alert/raise.ts';
import type { Raise } from '../../../../gateway/domain/home/call.ts';

export const policy: EscalationPolicy = {
  id: 'test',
  steps: [
    { audience: 'unit', waitMs: 60_000 },
    { audience: 'municipality', waitMs: 90_000 },
  ],
  arrivalMs: 20 * 60_000,
  reminderMs: 30 * 60_000,
};

export const call: Raise = {
  type: 'raise',
  need: 'help/button',
  rule: { id: 'help', version: 1, title: { sv: 'Hjälp', en: 'Help' }, action: null },
  severity: 'high',
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
  const home = { id: 'home', municipalityId: 'municipality', unitId: 'unit' };
  return raised({ ...call, ...more }, home, { alertId: 'alert', at: 0, policy });
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
        expect(decide(alert, command)).toMatchObject(expected);
        expect(decide(alert, command)).toHaveLength(expected.length);
      },
      isRefused: (reason: string) => {
        expect(() => decide(alert, command)).toThrow(reason);
      },
    }),
  };
}
