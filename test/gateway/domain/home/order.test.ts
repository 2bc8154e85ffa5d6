import fc from 'fast-check';
import { expect, test } from 'vitest';

import { staffedTerms } from '../../../../gateway/domain/duty/terms.ts';
import { evaluate } from '../../../../gateway/domain/evaluate.ts';
import type { Event } from '../../../../gateway/domain/event.ts';
import type { LogEntry } from '../../../../gateway/domain/ledger.ts';
import type { EventType } from '../../../../gateway/protocol/catalogue.ts';
import { homeWith, liveHome, rulesOf } from './given-home.ts';

const minute = 60_000;
const home = homeWith(
  { id: 'door', placement: 'entrance', silentAfterMs: 40 * minute },
  { id: 'bed' },
  { id: 'hall' },
  { id: 'belt', silentAfterMs: 25 * minute },
  { id: 'watch' },
);
const rules = rulesOf(
  { id: 'help', on: 'help.pressed', severity: 'emergency' },
  {
    id: 'fall',
    on: 'fall.detected',
    then: { no: ['motion.detected', 'door.opened'], within: '90s', severity: 'emergency' },
  },
  { id: 'open', on: 'door.opened', for: '2m', unless: 'door.closed', clearedBy: 'door.closed' },
  { id: 'up', on: 'bed.left', for: '5m', unless: ['bed.entered', 'motion.detected'], per: 'home' },
  { id: 'quiet', absence: { of: ['motion.detected', 'bed.left'], for: '20m' }, per: 'home' },
  {
    id: 'often',
    on: ['motion.detected', 'bed.left'],
    count: { times: 3, within: '10m' },
    per: 'home',
  },
  {
    id: 'held',
    on: 'door.opened',
    // 01:30 in Stockholm at the epoch: half an hour after it.
    during: { from: '01:30', to: '01:50' },
    for: '1m',
    clearedBy: 'door.closed',
  },
  {
    id: 'away',
    absence: { of: ['motion.detected', 'door.opened'], for: '15m', pausedWhenEmpty: true },
    per: 'home',
  },
  { id: 'silent', absence: { of: 'any', for: 'supervision' }, severity: 'technical' },
);

const types: Record<string, readonly EventType[]> = {
  door: ['door.opened', 'door.closed'],
  bed: ['bed.left', 'bed.entered'],
  hall: ['motion.detected', 'device.heartbeat'],
  watch: ['area.left', 'area.entered'],
  belt: ['fall.detected', 'help.pressed', 'device.heartbeat'],
};

/** Events of an hour at distinct instants, so that event time leaves no doubt about their order. */
const anyEvents = fc
  .uniqueArray(fc.integer({ min: 1, max: 3_600 }), { minLength: 1, maxLength: 24 })
  .chain((seconds) =>
    fc.tuple(
      ...seconds
        .toSorted((a, b) => a - b)
        .map((second) =>
          fc.constantFrom(...Object.keys(types)).chain((deviceId) =>
            fc.record({
              id: fc.constant(`e${second}`),
              deviceId: fc.constant(deviceId),
              type: fc.constantFrom(...(types[deviceId] ?? [])),
              at: fc.constant(second * 1_000),
              receivedAt: fc.constant(2 * 60 * minute),
              data: fc.constant({}),
            }),
          ),
        ),
    ),
  );

/** Deals the events of several devices in another order, each device's own kept. */
function deal(events: readonly Event[], order: readonly number[]): Event[] {
  const queues = Object.keys(types).map((id) => events.filter(({ deviceId }) => deviceId === id));
  const dealt: Event[] = [];
  for (let turn = 0; dealt.length < events.length; turn += 1) {
    const left = queues.filter(({ length }) => length > 0);
    const next = left[(order[turn % order.length] ?? 0) % left.length]?.shift();
    if (next !== undefined) dealt.push(next);
  }
  return dealt;
}

/** What was called for, by need and event time, in an order of its own. */
function calledFor(events: readonly Event[]): string[] {
  const calls = liveHome(home, rules)
    .hears(...events)
    .passesTime(3 * 60 * minute)
    .calls();
  return calls
    .flatMap((call) =>
      call.type === 'raise' ? [`${call.need} ${call.severity} ${call.since}`] : [],
    )
    .toSorted();
}

test('the order in which different devices are heard changes nothing that event time does not', () => {
  fc.assert(
    fc.property(anyEvents, fc.array(fc.nat(), { minLength: 1, maxLength: 24 }), (events, order) => {
      expect(calledFor(deal(events, order))).toEqual(calledFor(events));
    }),
    { numRuns: 500 },
  );
});

test('a sweep that comes late raises the same needs as one in time', () => {
  fc.assert(
    fc.property(anyEvents, fc.integer({ min: 1, max: 50 }), (events, every) => {
      const heardInTime = events.map((each) => ({ ...each, receivedAt: each.at }));
      const needs = (sweepMs: number) => {
        const living = liveHome(home, rules);
        let swept = 0;
        for (const each of heardInTime) {
          for (; swept + sweepMs < each.at; swept += sweepMs) living.sweepsAt(swept + sweepMs);
          living.hears(each);
        }
        living.passesTime(3 * 60 * minute);
        return living
          .calls()
          .flatMap((call) =>
            call.type === 'raise' && call.eventId !== null ? [`${call.need} ${call.since}`] : [],
          )
          .toSorted();
      };
      expect(needs(every * 7_000)).toEqual(needs(1_000));
    }),
  );
});

test('a log gives the same alerts each time it is evaluated', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const log: LogEntry[] = events.map((each) => ({
        ...each,
        receivedAt: each.at,
        homeId: home.id,
        municipalityId: home.municipalityId,
      }));
      const alerts = () => {
        let id = 0;
        const newAlertId = () => `alert-${(id += 1)}`;
        return evaluate(home, rules, log, {
          ...staffedTerms(newAlertId),
          until: 4 * 60 * minute,
        });
      };
      expect(alerts()).toEqual(alerts());
    }),
  );
});
