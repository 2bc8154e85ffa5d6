import { describe, expect, test } from 'vitest';

import type { AlertEvent } from '../../../gateway/domain/alert/alert-event.ts';
import type { Alert } from '../../../gateway/domain/alert/alert.ts';
import { fold } from '../../../gateway/domain/alert/evolve.ts';
import type { EscalationPolicy } from '../../../gateway/domain/alert/policy.ts';
import { readAlert, readAlertEvent } from '../../../gateway/store/alert-body.ts';
import { changeOf, escalatedTo, hour, minute, raised, start } from './furnish.ts';

/** What earlier releases asked, a unit and then everybody, as it is said today. */
const policy: EscalationPolicy = {
  id: 'care-default',
  steps: [
    { asks: [{ who: 'responsible-unit' }], channels: ['screen'], waitMs: minute },
    { asks: [{ who: 'responsible-unit' }], channels: ['screen'], waitMs: minute },
    { asks: [{ who: 'everyone' }, { who: 'coordinators' }], channels: ['screen'], waitMs: minute },
  ],
  arrivalMs: 20 * minute,
  reminderMs: 30 * minute,
};

/** Members that came with inhibition, and those that came with duty. */
const added = {
  inhibition: ['action', 'inhibits', 'inhibitedBy', 'mustBeHeard'],
  duty: words(`
    unitUntil homeUnitId timeZone about stateDueAt askings asked reached endpoints declinedBy
    helpWanted helpers held channel to`),
} as const;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

const releases = {
  'before alerts could wait for each other': new Set([...added.inhibition, ...added.duty]),
  'before alerts asked by duty': new Set(added.duty),
} as const;

/** A body as that release wrote it. */
function asOf(left: ReadonlySet<string>, body: object): string {
  return JSON.stringify(body, (key, value: unknown) => {
    if (left.has(key)) return undefined;
    return key === 'steps' ? (value as EscalationPolicy['steps']).map(withAudience) : value;
  });
}

function withAudience({ asks, waitMs }: EscalationPolicy['steps'][number]) {
  const isUnit = asks.some(({ who }) => who === 'responsible-unit');
  return { audience: isUnit ? 'unit' : 'municipality', waitMs };
}

function alertAsOf(left: ReadonlySet<string>, { held, ...alert }: Alert): string {
  return asOf(left, { ...alert, suppressedUntil: held?.until ?? null });
}

const begun = raised({ alertId: 'old', policy });
const change = changeOf(begun);

describe.each(Object.entries(releases))('what was stored %s', (_name, left) => {
  test('is read as an alert that waits for nothing, holds back nothing and asks its unit', () => {
    const old = alertAsOf(left, change.alert);
    expect(old).toContain('"audience":"unit"');
    expect(old).not.toContain('asked');
    expect(readAlert(old)).toEqual(change.alert);
    expect(readAlert(old).asked).toEqual([{ kind: 'unit', ref: 'norr-1', until: null }]);
  });

  test('is read as asking everybody once the whole municipality was asked', () => {
    const step = (alert: Alert) => readAlert(alertAsOf(left, alert)).asked;
    const second = changeOf(begun, escalatedTo(1, start + minute)).alert;
    expect(step(second)).toEqual([{ kind: 'unit', ref: 'norr-1', until: null }]);
    const third = changeOf(begun, escalatedTo(2, start + minute)).alert;
    expect(step(third)).toEqual([
      { kind: 'unit', ref: 'norr-1', until: null },
      { kind: 'everyone', ref: 'norr', until: null },
    ]);
    // How often somebody was asked was not counted then.
    expect(readAlert(alertAsOf(left, third))).toEqual({ ...third, askings: 1 });
  });

  test('is read as silenced where it was suppressed', () => {
    const until = start + hour;
    const silenced: AlertEvent = {
      type: 'suppressed',
      at: start,
      reason: 'silence',
      until,
      dueAt: until,
    };
    const { alert } = changeOf(begun, silenced);
    expect(alert.held).toEqual({ why: 'silence', until });
    expect(readAlert(alertAsOf(left, alert))).toEqual(alert);
    const event = { type: 'suppressed', at: start, by: 'astrid', dueAt: until };
    expect(readAlertEvent(asOf(left, event))).toMatchObject(silenced);
  });

  test('of equipment is read as about that', () => {
    const { alert } = changeOf(raised({ alertId: 'old', policy, severity: 'technical' }));
    expect(readAlert(alertAsOf(left, alert)).about).toBe('technical');
  });

  test('still adds up to its alert', () => {
    const due = { dueAt: start + hour };
    const history = changeOf(
      begun,
      { type: 'delivered', at: start, by: 'astrid', step: 0, channel: 'screen', to: null },
      { type: 'accepted', at: start, by: 'astrid', etaAt: null, ...due },
      {
        type: 'returned',
        at: start + hour,
        by: null,
        step: 1,
        reason: 'worse',
        reached: { parties: [], people: [], endpoints: [], isNobody: false },
        dueAt: start + 2 * hour,
      },
    );
    const stored = history.events.map((event) => {
      const { by, ...returned } = { by: null, ...event };
      return asOf(left, event.type === 'returned' ? returned : { ...returned, by });
    });
    const read = stored.map(readAlertEvent);
    expect(fold(read)).toEqual(history.alert);
    expect(readAlert(alertAsOf(left, history.alert))).toEqual({ ...history.alert, askings: 1 });
  });
});

test('what is stored today is read again as it is', () => {
  const inhibitedBy: Alert['inhibitedBy'] = {
    id: 'fall',
    title: { sv: 'Fall', en: 'Fall' },
    queue: 'care',
  };
  const asked: Alert['asked'] = [
    { kind: 'unit', ref: 'patrol', until: start + hour },
    { kind: 'person', ref: 'astrid', until: null },
  ];
  const waiting = { inhibits: ['bed'], inhibitedBy, mustBeHeard: true, asked };
  const held = { why: 'pause', until: start + hour } as const;
  const alert: Alert = { ...change.alert, ...waiting, held, about: 'activity', askings: 3 };
  expect(readAlert(JSON.stringify(alert))).toEqual(alert);
  expect(change.events.map((event) => readAlertEvent(JSON.stringify(event)))).toEqual(
    change.events,
  );
});
