import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { event, homeWith, liveHome, rulesOf } from './given-home.ts';

const minute = 60_000;
const hour = 60 * minute;
const home = homeWith({ id: 'bath', placement: 'bathroom' }, { id: 'hall', placement: 'hall' });
const ascending = (a: number, b: number) => a - b;
const thrice = { on: 'motion.detected', count: { times: 3, within: '1h' }, per: 'home' };

function raisedFor(times: readonly number[], rule: object = thrice): number[] {
  const events = times.map((at) => event('bath', 'motion.detected', at));
  const calls = liveHome(home, rulesOf(rule))
    .hears(...events)
    .calls();
  return calls.flatMap((call) => (call.type === 'raise' ? [call.since] : []));
}

describe('a rule that counts', () => {
  test('calls at the third within the hour, and not at the second', () => {
    expect(raisedFor([0, minute])).toEqual([]);
    expect(raisedFor([0, minute, 2 * minute])).toEqual([2 * minute]);
  });

  test('counts those less than an hour back: not the one that is exactly an hour old', () => {
    expect(raisedFor([0, minute, hour - 1])).toEqual([hour - 1]);
    expect(raisedFor([0, minute, hour])).toEqual([]);
    expect(raisedFor([0, minute, hour + 1])).toEqual([]);
  });

  test('calls again for each further one, which the live alert takes as a repetition', () => {
    expect(raisedFor([0, 1, 2, 3])).toEqual([2, 3]);
  });

  test('counts per device when it is per device', () => {
    const rules = rulesOf({ ...thrice, per: 'device' });
    const living = liveHome(home, rules).hears(
      event('bath', 'motion.detected', 1),
      event('hall', 'motion.detected', 2),
      event('bath', 'motion.detected', 3),
    );
    living.staysQuiet();
    living.hears(event('bath', 'motion.detected', 4)).callsFor('rule/bath', 4);
  });

  test('counts only within its hours', () => {
    const at = (time: string) =>
      Temporal.ZonedDateTime.from(`2026-11-03T${time}[Europe/Stockholm]`).epochMilliseconds;
    const rule = { ...thrice, during: { from: '22:00', to: '23:00' } };
    expect(raisedFor(['21:59:59', '22:00', '22:01'].map(at), rule)).toEqual([]);
    expect(raisedFor(['22:00', '22:01', '22:59:59.999'].map(at), rule)).toHaveLength(1);
    expect(raisedFor(['22:01', '22:02', '23:00'].map(at), rule)).toEqual([]);
  });

  test('counts what comes late where it belongs', () => {
    expect(raisedFor([0, 2 * minute, minute])).toEqual([2 * minute]);
  });

  test('gives the same calls in whatever order the events are heard', () => {
    const anyTimes = fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        anyTimes.chain((times) =>
          fc.tuple(fc.constant(times), fc.shuffledSubarray(times, { minLength: times.length })),
        ),
        ([times, shuffled]) => {
          const inOrder = raisedFor(times.toSorted(ascending).map((one) => one * minute));
          expect(raisedFor(shuffled.map((one) => one * minute)).toSorted(ascending)).toEqual(
            inOrder.toSorted(ascending),
          );
        },
      ),
    );
  });

  test('remembers no more than it needs', () => {
    const living = liveHome(home, rulesOf(thrice));
    for (let at = 0; at < 500; at += 1) living.hears(event('bath', 'motion.detected', at * 1_000));
    expect(living.state().counts?.['rule']?.length).toBeLessThan(30);
  });
});
