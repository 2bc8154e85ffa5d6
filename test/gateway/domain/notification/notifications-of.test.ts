import { describe, expect, test } from 'vitest';

import type { AlertEvent, Reach } from '../../../../gateway/domain/alert/alert-event.ts';
import { type AlertCommand, decide } from '../../../../gateway/domain/alert/decide.ts';
import type { EscalationPolicy } from '../../../../gateway/domain/alert/policy.ts';
import { raisedByHome } from '../../../../gateway/domain/alert/raise.ts';
import type { AlertTerms } from '../../../../gateway/domain/alert/terms.ts';
import type { ChannelName } from '../../../../gateway/domain/notification/notification.ts';
import { notificationsOf } from '../../../../gateway/domain/notification/notifications-of.ts';
import { alertAfter, call, terms as always } from '../alert/given-alert.ts';
import { homeWith } from '../home/given-home.ts';

const policy: EscalationPolicy = {
  id: 'two',
  steps: [
    { asks: [{ who: 'responsible-unit' }], channels: ['screen', 'push'], waitMs: 60_000 },
    {
      asks: [{ who: 'webhook', endpointId: 'centre' }],
      channels: ['push', 'email'],
      waitMs: 60_000,
    },
  ],
  arrivalMs: 600_000,
  reminderMs: 600_000,
};

const reached: Reach = {
  parties: [],
  people: ['amina', 'johan'],
  endpoints: [],
  isNobody: false,
};
const terms: AlertTerms = {
  ...always,
  policyFor: () => policy,
  reachOf: (_, { asks }) =>
    asks[0]?.who === 'webhook' ? { ...reached, endpoints: ['centre'] } : reached,
  // Only Amina has a browser that is pushed to.
  channelsTo: (person) =>
    new Set<ChannelName>(person === 'amina' ? ['push', 'email', 'webhook'] : ['email']),
};

/** Each group of commands is a commit of its own; answers what the last of them is to tell, without the alert's id. */
function told(...commits: readonly (readonly AlertCommand[])[]): string[] {
  const history: AlertEvent[] = [];
  let before: number | null = null;
  const begin = raisedByHome(call, homeWith(), 0, terms);
  let events: AlertEvent[] = [...begin];
  history.push(...begin);
  for (const [index, commands] of commits.entries()) {
    if (index > 0) {
      before = history.length;
      events = [];
    }
    for (const command of commands) {
      const decided = decide(alertAfter(...history), command, terms);
      history.push(...decided);
      events.push(...decided);
    }
  }
  const alert = alertAfter(...history);
  const past = before === null ? null : alertAfter(...history.slice(0, before));
  const notifications = notificationsOf([{ alert, before: past, events }], terms, isButton);
  return notifications.map(({ id }) => id.replace(`${alert.id}:`, ''));
}

const isButton = (deviceId: string) => deviceId === 'button';
const accept: AlertCommand = { type: 'accept', by: 'amina', at: 1, etaMinutes: null };
const tick: AlertCommand = { type: 'tick', at: 60_000 };

describe('whoever is asked is told', () => {
  test('through the channels of the step by which they can be reached', () => {
    expect(told([])).toEqual(['1:push:asked:amina']);
    expect(told([], [tick])).toEqual([
      '2:push:asked:amina',
      '2:email:asked:amina',
      '2:email:asked:johan',
      '2:webhook:asked:centre',
    ]);
  });

  test('not when somebody took it, or it was held back, within the same commit', () => {
    const hold: AlertCommand = { type: 'hold', why: 'silence', until: 50_000, at: 1 };
    const inhibitor = { id: 'fall', title: { sv: 'Fall', en: 'Fall' }, queue: 'care' as const };
    expect(told([accept])).toEqual(['1:device:reassure:button']);
    expect(told([hold])).toEqual([]);
    expect(told([{ type: 'inhibit', inhibitor, at: 1 }])).toEqual([]);
  });

  test('anew when what held it back has ended, and only then', () => {
    const hold: AlertCommand = { type: 'hold', why: 'silence', until: 50_000, at: 1 };
    const unhold: AlertCommand = { type: 'unhold', at: 2 };
    expect(told([hold, unhold])).toEqual(['2:push:asked:amina']);
    expect(told([hold], [unhold])).toEqual(['2:push:asked:amina']);
  });

  test('in every way there is when a colleague hands it to them', () => {
    const handOver: AlertCommand = { type: 'hand-over', by: 'johan', to: 'amina', at: 2 };
    const byJohan: AlertCommand = { ...accept, by: 'johan' };
    expect(told([byJohan], [handOver])).toEqual(['2:push:asked:amina', '2:email:asked:amina']);
  });

  test('when whoever has it wants help', () => {
    const byJohan: AlertCommand = { ...accept, by: 'johan' };
    expect(told([byJohan], [{ type: 'want-help', by: 'johan', at: 2 }])).toEqual([
      '2:push:asked:amina',
    ]);
  });
});

test('an alarm centre that was asked hears that somebody has it, and how it ended', () => {
  const resolve: AlertCommand = {
    type: 'resolve',
    by: 'amina',
    outcome: 'helped',
    note: null,
    at: 70_000,
  };
  expect(told([], [tick], [{ ...accept, at: 61_000 }])).toEqual([
    '2:webhook:taken:centre',
    '2:device:reassure:button',
  ]);
  expect(told([], [tick], [resolve])).toEqual(['2:webhook:resolved:centre']);
  expect(told([], [resolve])).toEqual([]);
});
