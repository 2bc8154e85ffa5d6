import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  backGraceMs,
  believedAwayMs,
  personWaitsMs,
} from '../../../../gateway/domain/home/away.ts';
import { event, homeWith, liveHome, local, rulesOf } from './given-home.ts';

const minute = 60_000;
const hour = 60 * minute;
const noon = local('2026-11-21T12:00:00');

describe('the silence of a device', () => {
  const rules = rulesOf({
    id: 'silent',
    severity: 'technical',
    absence: { of: 'any', for: 'supervision' },
    leavesWhenCleared: true,
  });
  const home = homeWith({ id: 'button', silentAfterMs: 30 * minute, placedAt: noon });
  const beats = (at: number) => event('button', 'device.heartbeat', at);

  test('is not counted while nothing could be heard', () => {
    liveHome(home, rules)
      .hears(beats(noon))
      .isAway(noon + minute, noon + 40 * minute, noon + 40 * minute)
      .passesTime(noon + 69 * minute)
      .hears(beats(noon + 69 * minute))
      .staysQuiet();
  });

  test('is called after its own time from the end of the outage in which it died', () => {
    liveHome(home, rules)
      .hears(beats(noon))
      .isAway(noon + minute, noon + 11 * minute, noon + 11 * minute)
      .passesTime(noon + hour)
      .callsFor('silent/button', noon + 41 * minute);
  });

  test('is called when it was too long before the outage, however late it is judged', () => {
    const living = liveHome(home, rules)
      .hears(beats(noon))
      .isAway(noon + 31 * minute, noon + 50 * minute, noon + 50 * minute)
      .sweepsAt(noon + 50 * minute);
    living.callsFor('silent/button', noon + 50 * minute);
    expect(living.calls()).toMatchObject([{ lateMs: 20 * minute }]);
  });

  test('waits while the outage lasts, and is called anew when that has been believed for too long', () => {
    const living = liveHome(home, rules)
      .hears(beats(noon))
      .isAway(noon + minute, null, noon + 3 * minute)
      .passesTime(noon + 3 * minute + believedAwayMs + 30 * minute - 1);
    living.staysQuiet();
    living
      .passesTime(noon + 3 * minute + believedAwayMs + 30 * minute)
      .callsFor('silent/button', noon + 3 * minute + believedAwayMs + 30 * minute);
  });

  test('is called sooner when the outage ends sooner than was believed', () => {
    liveHome(home, rules)
      .hears(beats(noon))
      .isAway(noon + minute, null, noon + 3 * minute)
      .passesTime(noon + 10 * minute)
      .isAway(noon + minute, noon + 10 * minute, noon + 10 * minute)
      .passesTime(noon + hour)
      .callsFor('silent/button', noon + 40 * minute);
  });

  test('is called on time where there was no outage', () => {
    liveHome(home, rules)
      .hears(beats(noon))
      .isAway(noon - 2 * hour, noon - hour, noon - hour)
      .passesTime(noon + hour)
      .callsFor('silent/button', noon + 30 * minute);
  });
});

describe('the silence of a person', () => {
  const rules = rulesOf({
    id: 'quiet',
    absence: { of: ['motion.detected'], for: '1h' },
    per: 'home',
  });
  const home = homeWith({ id: 'hall', placedAt: noon });
  const moves = (at: number, receivedAt = at) =>
    event('hall', 'motion.detected', at, { receivedAt });

  test('goes on through an outage, and is called when what was kept could have come, marked late', () => {
    const living = liveHome(home, rules)
      .hears(moves(noon))
      .isAway(noon + 50 * minute, noon + 80 * minute, noon + 80 * minute)
      .passesTime(noon + 2 * hour);
    living.callsFor('quiet', noon + 80 * minute + backGraceMs);
    expect(living.calls()).toMatchObject([{ since: noon, lateMs: 20 * minute + backGraceMs }]);
  });

  test('is not called when they moved meanwhile, as is heard afterwards', () => {
    liveHome(home, rules)
      .hears(moves(noon))
      .isAway(noon + 50 * minute, noon + 80 * minute, noon + 80 * minute)
      .passesTime(noon + 81 * minute)
      .hears(moves(noon + 55 * minute, noon + 81 * minute))
      .passesTime(noon + 100 * minute)
      .staysQuiet();
  });

  test('is not called when they are heard at once after it: nobody knows that they were still', () => {
    liveHome(home, rules)
      .hears(moves(noon))
      .isAway(noon + 50 * minute, noon + 80 * minute, noon + 80 * minute)
      .hears(moves(noon + 81 * minute))
      .passesTime(noon + 2 * hour)
      .staysQuiet();
  });

  test('is called during an outage that goes on: somebody must look', () => {
    liveHome(home, rules)
      .hears(moves(noon))
      .isAway(noon + 50 * minute, null, noon + 52 * minute)
      .passesTime(noon + 3 * hour)
      .callsFor('quiet', noon + 52 * minute + personWaitsMs);
  });

  test('is called within an hour of an outage, however often a network that comes and goes begins another', () => {
    const living = liveHome(home, rules).hears(moves(noon));
    for (let began = noon + 50 * minute; began < noon + 5 * hour; began += 26 * minute) {
      living
        .isAway(began, null, began + minute)
        .passesTime(began + 25 * minute)
        .isAway(began, began + 25 * minute, began + 25 * minute)
        .passesTime(began + 26 * minute);
    }
    const firstEnd = noon + 75 * minute + backGraceMs;
    expect(living.raised()[0]?.at).toBe(firstEnd + personWaitsMs);
  });
});

test('an outage only ever puts off what is called, and never for longer than it is believed', () => {
  const rules = rulesOf(
    { id: 'silent', severity: 'technical', absence: { of: 'any', for: 'supervision' } },
    { id: 'quiet', absence: { of: ['motion.detected'], for: '1h' }, per: 'home' },
  );
  const home = homeWith({ id: 'hall', silentAfterMs: 30 * minute, placedAt: noon });
  const minutes = (max: number) => fc.integer({ min: 0, max });
  fc.assert(
    fc.property(
      fc.array(fc.record({ from: minutes(200), length: minutes(90), isOver: fc.boolean() }), {
        maxLength: 4,
      }),
      (outages) => {
        const living = liveHome(home, rules).hears(event('hall', 'motion.detected', noon));
        let at = noon;
        for (const { from, length, isOver } of outages) {
          const began = noon + from * minute;
          at = Math.max(at, began + length * minute);
          living.isAway(began, isOver ? at : null, at).passesTime(at);
        }
        living.passesTime(at + believedAwayMs + hour + minute);
        const raised = Map.groupBy(living.raised(), ({ need }) => need);
        expect(raised.get('silent/hall')?.[0]?.at).toBeGreaterThanOrEqual(noon + 30 * minute);
        expect(raised.get('quiet')?.[0]?.at).toBeGreaterThanOrEqual(noon + hour);
      },
    ),
  );
});
