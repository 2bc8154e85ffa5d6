import { describe, test } from 'vitest';

import { event, homeWith, liveHome, local, rulesOf } from './given-home.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('no activity by day', () => {
  const rules = rulesOf({
    id: 'quiet',
    absence: { of: ['motion.detected'], for: '5h' },
    during: { from: '07:00', to: '22:00' },
    per: 'home',
  });
  const home = homeWith({ id: 'hall', placedAt: local('2026-11-21T07:00:00') });
  const moves = (text: string) => event('hall', 'motion.detected', local(text));

  test('is not waited for in a home where nothing can tell of it', () => {
    const onlyButton = homeWith({ id: 'button', tells: ['help.pressed'] });
    liveHome(onlyButton, rules)
      .sweepsAt(local('2026-11-21T07:00:01'))
      .passesTime(local('2026-11-23T22:00:00'))
      .staysQuiet();
  });

  test('calls after so long without any', () => {
    liveHome(home, rules)
      .hears(moves('2026-11-21T10:00:00'))
      .passesTime(local('2026-11-21T15:00:00'))
      .callsFor('quiet', local('2026-11-21T15:00:00'));
  });

  test('does not count the night', () => {
    const living = liveHome(home, rules).hears(
      moves('2026-11-21T11:30:00'),
      moves('2026-11-21T16:20:00'),
      moves('2026-11-21T21:00:00'),
    );
    living.passesTime(local('2026-11-22T11:59:59')).staysQuiet();
    living.passesTime(local('2026-11-22T12:00:00')).callsFor('quiet', local('2026-11-22T12:00:00'));
  });

  test('begins to wait when a device is placed, though nothing is ever heard', () => {
    liveHome(home, rules)
      .sweepsAt(local('2026-11-21T07:00:01'))
      .passesTime(local('2026-11-21T12:00:00'))
      .callsFor('quiet', local('2026-11-21T12:00:00'));
  });

  test('is put off by each sign of life, however the sweep falls', () => {
    const living = liveHome(home, rules);
    for (let at = local('2026-11-21T07:00:00'); at < local('2026-11-21T22:00:00'); at += 2 * hour) {
      living.hears(event('hall', 'motion.detected', at)).passesTime(at + hour);
    }
    living.staysQuiet();
  });

  test('clears when somebody moves again', ({ expect }) => {
    const living = liveHome(home, rules)
      .hears(moves('2026-11-21T10:00:00'))
      .passesTime(local('2026-11-21T15:30:00'))
      .hears(moves('2026-11-21T16:00:00'));
    expect(living.calls().at(-1)).toEqual({
      type: 'clear',
      need: 'quiet',
      since: local('2026-11-21T16:00:00'),
    });
  });

  test('waits anew from then, not from when the next look was due', () => {
    const living = liveHome(home, rules)
      .hears(moves('2026-11-21T08:00:00'))
      .passesTime(local('2026-11-21T13:30:00'))
      .hears(moves('2026-11-21T14:00:00'))
      .passesTime(local('2026-11-21T19:00:00'));
    const needs = living.raised().map(({ at }) => at);
    living.sweepsAt(local('2026-11-21T19:00:01'));
    if (needs.length !== 2) throw new Error(`Raised ${needs.length} times.`);
  });

  test('raises a silence that goes on again, after half a day', ({ expect }) => {
    const living = liveHome(home, rules)
      .hears(moves('2026-11-21T08:00:00'))
      .passesTime(local('2026-11-23T23:00:00'));
    expect(living.raised().length).toBeGreaterThan(1);
    expect(living.raised().length).toBeLessThan(5);
  });

  test('finds a silence in a backlog, once the rest of it has come', ({ expect }) => {
    const receivedAt = local('2026-11-21T20:00:00');
    const living = liveHome(home, rules).hears(
      { ...moves('2026-11-21T07:30:00'), receivedAt },
      { ...moves('2026-11-21T19:00:00'), receivedAt },
    );
    living.passesTime(receivedAt + minute);
    expect(living.calls()).toMatchObject([
      { type: 'raise', since: local('2026-11-21T07:30:00') },
      { type: 'clear', since: local('2026-11-21T19:00:00') },
    ]);
  });

  test('finds none in a backlog when another device fills the gap afterwards', () => {
    const receivedAt = local('2026-11-21T20:00:00');
    const placedAt = local('2026-11-21T10:00:00');
    const two = homeWith({ id: 'hall', placedAt }, { id: 'kitchen', placedAt });
    liveHome(two, rules)
      .hears(
        { ...moves('2026-11-21T11:00:00'), receivedAt },
        { ...moves('2026-11-21T19:00:00'), receivedAt },
        event('kitchen', 'motion.detected', local('2026-11-21T15:00:00'), { receivedAt }),
      )
      .passesTime(receivedAt + minute)
      .staysQuiet();
  });
});

describe('a silent device', () => {
  const rules = rulesOf({
    id: 'silent',
    severity: 'technical',
    absence: { of: 'any', for: 'supervision' },
  });
  const home = homeWith(
    { id: 'button', silentAfterMs: 30 * minute },
    { id: 'simple', silentAfterMs: null },
  );

  test('is called silent after three missed heartbeats, and only if it has any', () => {
    liveHome(home, rules)
      .hears(event('button', 'device.heartbeat', 0), event('simple', 'motion.detected', 0))
      .passesTime(5 * hour)
      .callsFor('silent/button', 30 * minute);
  });

  test('is not kept alive by its own disconnection', () => {
    liveHome(home, rules)
      .hears(
        event('button', 'device.heartbeat', 0),
        event('button', 'device.disconnected', 20 * minute),
      )
      .passesTime(30 * minute)
      .callsFor('silent/button', 30 * minute);
  });
});
