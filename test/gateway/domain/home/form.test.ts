import { describe, expect, test } from 'vitest';

import type { Event } from '../../../../gateway/domain/event.ts';
import type { EventType } from '../../../../gateway/protocol/catalogue.ts';
import { event, homeWith, liveHome, local, rulesOf } from './given-home.ts';

const minute = 60_000;
const long = 20 * minute;
const homeSince = (placedAt: number) =>
  homeWith({ id: 'first', placedAt }, { id: 'second', placedAt });

/** An instant after the beginning, and what is heard then; each from a device of its own. */
type Heard = readonly [after: number, type: EventType];

interface Edge {
  heard: readonly Heard[];
  /** How long after the beginning it calls; null if it does not. */
  calls: number | null;
}

/** Each form that has time in it: just before its edge, exactly at it, and just after. */
const forms: Readonly<Record<string, { rule: object; edges: readonly Edge[] }>> = {
  'for … unless': {
    rule: { on: 'bed.left', for: '20m', unless: 'bed.entered' },
    edges: [-1, 0, 1].map((edge) => ({
      heard: [
        [0, 'bed.left'],
        [long + edge, 'bed.entered'],
      ],
      calls: edge > 0 ? long : null,
    })),
  },
  'for, ended by what clears': {
    rule: { on: 'bed.left', for: '20m', clearedBy: 'bed.entered' },
    edges: [-1, 0, 1].map((edge) => ({
      heard: [
        [0, 'bed.left'],
        [long + edge, 'bed.entered'],
      ],
      calls: edge > 0 ? long : null,
    })),
  },
  'count … within': {
    rule: { on: 'bed.left', count: { times: 2, within: '20m' } },
    edges: [-1, 0, 1].map((edge) => ({
      heard: [
        [0, 'bed.left'],
        [long + edge, 'bed.left'],
      ],
      calls: edge < 0 ? long + edge : null,
    })),
  },
  'absence … for': {
    rule: { absence: { of: ['bed.left'], for: '20m' } },
    edges: [-1, 0, 1].map((edge) => ({
      heard: [
        [0, 'bed.left'],
        [long + edge, 'bed.left'],
      ],
      calls: edge > 0 ? long : null,
    })),
  },
  'then … no … within': {
    rule: {
      on: 'fall.detected',
      then: { no: 'motion.detected', within: '20m', severity: 'emergency' },
    },
    edges: [-1, 0, 1].map((edge) => ({
      heard: [
        [0, 'fall.detected'],
        [long + edge, 'motion.detected'],
      ],
      calls: edge > 0 ? long : null,
    })),
  },
  cooldown: {
    rule: { on: 'sound.loud', cooldown: '20m' },
    edges: [-1, 0, 1].map((edge) => ({
      heard: [
        [0, 'sound.loud'],
        [long + edge, 'sound.loud'],
      ],
      calls: edge >= 0 ? long + edge : null,
    })),
  },
};

/** Ten minutes before the hour, so that what lasts twenty crosses it. */
const nights: Readonly<Record<string, number>> = {
  'by day': local('2026-11-03T13:50'),
  'across midnight': local('2026-11-03T23:50'),
  'when the clocks go forward': local('2026-03-29T01:50'),
  'when the clocks go back': local('2026-10-25T02:50'),
};

function eventsOf({ heard }: Edge, base: number): Event[] {
  return heard.map(([after, type], index) =>
    event(index === 0 ? 'first' : 'second', type, base + after),
  );
}

/** After the first call of a fall or a sound comes the one that is asked about. */
function callsAfterTheFirst(living: ReturnType<typeof liveHome>, form: string, base: number) {
  const calls = living.calls().filter((call) => call.type === 'raise');
  if (form.startsWith('then')) return calls.filter(({ worsening }) => worsening);
  if (form === 'cooldown') return calls.filter(({ since }) => since > base);
  return calls;
}

const cases = Object.entries(forms).flatMap(([form, { rule, edges }]) =>
  Object.entries(nights).flatMap(([night, base]) =>
    edges.map((edge, index) => ({
      form,
      night,
      base,
      edge,
      rules: rulesOf({ ...rule, per: 'home' }),
      where: ['just before its edge', 'exactly at it', 'just after it'][index] ?? '',
    })),
  ),
);

describe('each form of a rule', () => {
  test.for(cases)('$form, $night, $where: live', ({ form, base, edge, rules }) => {
    const living = liveHome(homeSince(base), rules);
    const raisedAt: number[] = [];
    for (const each of eventsOf(edge, base)) living.passesTime(each.at - 1).hears(each);
    living.passesTime(base + long + 5_001);
    for (const { at } of living.raised()) raisedAt.push(at - base);
    const calls = callsAfterTheFirst(living, form, base);
    expect(calls).toHaveLength(edge.calls === null ? 0 : 1);
    expect(calls.every(({ lateMs }) => lateMs === null)).toBe(true);
    if (edge.calls !== null && form !== 'absence … for') expect(raisedAt).toContain(edge.calls);
  });

  test.for(cases)('$form, $night, $where: a backlog', ({ form, base, edge, rules }) => {
    const receivedAt = base + long + 60 * minute;
    const late = eventsOf(edge, base).map((each) => ({ ...each, receivedAt }));
    const living = liveHome(homeSince(base), rules)
      .hears(...late)
      .passesTime(receivedAt + 5_000);
    const calls = callsAfterTheFirst(living, form, base).filter(
      // What is silent since the last of the backlog is another matter.
      ({ since }) => form !== 'absence … for' || since === base,
    );
    expect(calls).toHaveLength(edge.calls === null ? 0 : 1);
    expect(calls.every(({ lateMs }) => lateMs !== null)).toBe(true);
  });

  test.for(cases.filter(({ form }) => form !== 'cooldown'))(
    '$form, $night, $where: heard in the wrong order',
    ({ form, base, edge, rules }) => {
      const receivedAt = base + long + 60 * minute;
      const late = eventsOf(edge, base).map((each) => ({ ...each, receivedAt }));
      const living = liveHome(homeSince(base), rules)
        .hears(...late.toReversed())
        .passesTime(receivedAt + 5_000);
      const calls = callsAfterTheFirst(living, form, base).filter(
        ({ since }) => form !== 'absence … for' || since === base,
      );
      expect(calls).toHaveLength(edge.calls === null ? 0 : 1);
    },
  );
});
