import { describe, expect, test } from 'vitest';

import { event, homeWith, liveHome, rulesOf } from './given-home.ts';

const minute = 60_000;
const home = homeWith({ id: 'door', placement: 'entrance' });

describe('a cooldown', () => {
  const loud = rulesOf({ on: 'sound.loud', cooldown: '10m' });
  const raisedAt = (...times: number[]) =>
    liveHome(home, loud)
      .hears(...times.map((at) => event('door', 'sound.loud', at)))
      .passesTime(100 * minute)
      .raised()
      .map(({ at }) => at);

  test('lets one call through, and forgets those just before its end', () => {
    expect(raisedAt(0, 5 * minute, 10 * minute - 1)).toEqual([0]);
  });

  test('is over exactly at its end', () => {
    expect(raisedAt(0, 10 * minute)).toEqual([0, 10 * minute]);
    expect(raisedAt(0, 10 * minute + 1)).toEqual([0, 10 * minute + 1]);
  });

  test('counts from the last call that was made, not from those held back', () => {
    expect(raisedAt(0, 9 * minute, 12 * minute)).toEqual([0, 12 * minute]);
  });

  test('still holds after an older call that was heard late', () => {
    const living = liveHome(home, loud).hears(
      event('door', 'sound.loud', 50 * minute),
      event('door', 'sound.loud', 10 * minute, { receivedAt: 51 * minute }),
      event('door', 'sound.loud', 55 * minute),
    );
    expect(living.calls()).toMatchObject([{ since: 50 * minute }, { since: 10 * minute }]);
  });

  test('holds for events of a backlog in event time', () => {
    const late = { receivedAt: 90 * minute };
    const living = liveHome(home, loud).hears(
      event('door', 'sound.loud', 0, late),
      event('door', 'sound.loud', 9 * minute, late),
      event('door', 'sound.loud', 10 * minute, late),
    );
    expect(living.calls()).toMatchObject([{ since: 0 }, { since: 10 * minute }]);
  });
});

describe('a condition that is held back', () => {
  const rule = { on: 'door.opened', for: '2m', clearedBy: 'door.closed', cooldown: '30m' };

  test('calls when the time is over, if it still holds, with no new event', () => {
    const living = liveHome(home, rulesOf(rule))
      .hears(event('door', 'door.opened', 0))
      .passesTime(2 * minute)
      .hears(event('door', 'door.closed', 3 * minute), event('door', 'door.opened', 4 * minute))
      .passesTime(32 * minute - 1);
    expect(living.raised().map(({ at }) => at)).toEqual([2 * minute]);
    living.passesTime(32 * minute);
    expect(living.raised().map(({ at }) => at)).toEqual([2 * minute, 32 * minute]);
    expect(living.calls().at(-1)).toMatchObject({ since: 4 * minute });
  });

  test('is forgotten when it ends first', () => {
    const living = liveHome(home, rulesOf(rule))
      .hears(event('door', 'door.opened', 0))
      .passesTime(2 * minute)
      .hears(event('door', 'door.closed', 3 * minute), event('door', 'door.opened', 4 * minute))
      .passesTime(31 * minute)
      .hears(event('door', 'door.closed', 32 * minute))
      .passesTime(100 * minute);
    expect(living.raised().map(({ at }) => at)).toEqual([2 * minute]);
  });
});
