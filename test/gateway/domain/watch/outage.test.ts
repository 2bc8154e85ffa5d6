import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { believedAwayMs } from '../../../../gateway/domain/home/away.ts';
import {
  type HomeAway,
  openOutageWatch,
  reconnectMs,
  type Start,
} from '../../../../gateway/domain/watch/outage.ts';
import type { WatchedHome } from '../../../../gateway/domain/watch/sight.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const noon = Date.parse('2026-11-21T11:00:00Z');

function home(id: string, isConnected: boolean, municipalityId = 'norr'): WatchedHome {
  const timeZone = 'Europe/Stockholm';
  return { id, municipalityId, unitId: 'unit', timeZone, label: id, isConnected };
}

/** Homes of a municipality, all connected but those named. */
function homes(count: number, away: (index: number) => boolean = () => false, of = 'norr') {
  return Array.from({ length: count }, (_, index) => home(`${of}-${index}`, !away(index), of));
}

const first = (count: number) => (index: number) => index < count;

function begun(start: Partial<Start> = {}) {
  const watch = openOutageWatch();
  const told = [...watch.begin({ at: noon, lastAt: null, homes: [], unheard: [], ...start })];
  let at = start.at ?? noon;
  const self = {
    /** Looks every ten seconds for so long. */
    sees: (seen: readonly WatchedHome[], forMs = 10 * second) => {
      for (let passed = 0; passed < forMs; passed += 10 * second) {
        at += 10 * second;
        told.push(...watch.look(at, seen));
      }
      return self;
    },
    at: () => at,
    told: (): readonly HomeAway[] => told,
    outages: () => watch.outages().map(({ municipalityId }) => municipalityId),
    since: () => watch.outages()[0]?.since,
  };
  return self;
}

describe('while we run', () => {
  test('homes that go away together are one outage, from when the first of them was last seen', () => {
    const watch = begun().sees(homes(20));
    const lastSeen = watch.at();
    watch.sees(homes(20, first(3)), 30 * second).sees(homes(20, first(6)));
    expect(watch.outages()).toEqual(['norr']);
    expect(watch.since()).toBe(lastSeen);
    expect(watch.told()).toHaveLength(6);
    expect(watch.told()).toContainEqual({
      homeId: 'norr-0',
      municipalityId: 'norr',
      from: lastSeen,
      to: null,
      wasDown: false,
    });
  });

  test('fewer than five are accidents of each, however small the municipality', () => {
    const watch = begun()
      .sees(homes(4))
      .sees(homes(4, first(4)), 10 * minute);
    expect(watch.outages()).toEqual([]);
    expect(watch.told()).toEqual([]);
  });

  test('fewer than three in ten are accidents of each', () => {
    expect(
      begun()
        .sees(homes(100))
        .sees(homes(100, first(29)))
        .outages(),
    ).toEqual([]);
    expect(
      begun()
        .sees(homes(100))
        .sees(homes(100, first(30)))
        .outages(),
    ).toEqual(['norr']);
  });

  test('those that go away one after the other are not together', () => {
    const watch = begun().sees(homes(20));
    for (let away = 1; away <= 10; away += 1) watch.sees(homes(20, first(away)), minute);
    expect(watch.outages()).toEqual([]);
  });

  test('other municipalities are not concerned', () => {
    const both = (away: number) => [...homes(20, first(away)), ...homes(20, () => false, 'syd')];
    expect(begun().sees(both(0)).sees(both(20)).outages()).toEqual(['norr']);
  });

  test('homes that were never connected are not waited for', () => {
    expect(
      begun()
        .sees(homes(20, first(20)), 10 * minute)
        .outages(),
    ).toEqual([]);
  });

  test('each is told when it is back; when most are, the others are on their own again', () => {
    const watch = begun()
      .sees(homes(20))
      .sees(homes(20, first(20)), minute);
    watch.sees(homes(20, first(10)));
    const half = watch.at();
    expect(watch.told().filter(({ to }) => to === half)).toHaveLength(10);
    expect(watch.outages()).toEqual(['norr']);
    watch.sees(homes(20, first(4)));
    expect(watch.outages()).toEqual([]);
    expect(watch.told().filter(({ to }) => to === watch.at())).toHaveLength(10);
  });

  test('one that goes away during an outage belongs to it', () => {
    const watch = begun()
      .sees(homes(20))
      .sees(homes(20, first(10)), minute);
    watch.sees(homes(20, first(11)), 10 * minute);
    expect(watch.told()).toHaveLength(11);
  });

  test('it goes on for as long as most are away, without a word more', () => {
    const watch = begun()
      .sees(homes(20))
      .sees(homes(20, first(20)), 23 * hour);
    expect(watch.outages()).toEqual(['norr']);
    expect(watch.told()).toHaveLength(20);
  });

  test('it takes in no home for longer than it is believed, unless many go away together again', () => {
    const watch = begun()
      .sees(homes(40))
      .sees(homes(40, first(20)), believedAwayMs + minute);
    watch.sees(homes(40, first(21)), 10 * minute);
    expect(watch.told()).toHaveLength(20);
    expect(watch.outages()).toEqual(['norr']);
    watch.sees(homes(40, first(30)));
    expect(watch.told()).toHaveLength(29);
    watch.sees(homes(40, first(31)));
    expect(watch.told()).toHaveLength(30);
  });

  test('it is over after a day in which no more went away: what is missing then is a list of homes', () => {
    const watch = begun()
      .sees(homes(20))
      .sees(homes(20, first(10)), 25 * hour);
    expect(watch.outages()).toEqual([]);
    expect(watch.told().filter(({ to }) => to !== null)).toHaveLength(10);
    watch.sees(homes(20)).sees(homes(20, first(10)));
    expect(watch.outages()).toEqual(['norr']);
  });

  test('it is seen just the same when the clock has been set back, and a trickle is still none', () => {
    const watch = openOutageWatch();
    watch.begin({ at: noon, lastAt: noon - 5 * second, homes: [], unheard: [] });
    watch.look(noon, homes(20));
    const told: HomeAway[] = [];
    const back = noon - hour;
    for (let after = 0; after <= 12; after += 1) {
      told.push(...watch.look(back + after * minute, homes(20, first(Math.min(after, 4)))));
    }
    expect(told).toEqual([]);
    watch.look(back + 13 * minute, homes(20, first(10)));
    expect(watch.outages()).toHaveLength(1);
  });

  test('a home that is taken down is not waited for', () => {
    const watch = begun()
      .sees(homes(20))
      .sees(homes(20, first(20)), minute);
    watch.sees(homes(4, first(4)));
    expect(watch.outages()).toEqual([]);
  });
});

describe('after a start', () => {
  test('a first start is no outage', () => {
    const watch = begun().sees(homes(20, first(20)), 10 * minute);
    expect(watch.outages()).toEqual([]);
    expect(watch.told()).toEqual([]);
  });

  test('we were away: an outage at once, of the homes that were connected before', () => {
    const watch = begun({ lastAt: noon - 10 * minute, homes: homes(20, first(5)) });
    expect(watch.outages()).toEqual(['norr']);
    expect(watch.told().filter(({ to }) => to === null)).toHaveLength(15);
    expect(watch.told().filter(({ to }) => to === noon)).toHaveLength(5);
    expect(watch.told().every(({ from }) => from === noon - 10 * minute)).toBe(true);
    watch.sees(homes(20));
    expect(watch.outages()).toEqual([]);
    expect(watch.told().filter(({ to }) => to !== null)).toHaveLength(20);
  });

  test('few homes that do not come back are their own concern', () => {
    const watch = begun({ lastAt: noon - 10 * minute, homes: homes(4) });
    expect(watch.outages()).toEqual(['norr']);
    watch.sees(homes(4, first(4)), reconnectMs - 10 * second);
    expect(watch.outages()).toEqual(['norr']);
    watch.sees(homes(4, first(4)));
    expect(watch.outages()).toEqual([]);
  });

  test('after a short restart devices have time to connect', () => {
    const watch = begun({ lastAt: noon - 5 * second, homes: homes(20) });
    watch.sees(homes(20, first(20)), 90 * second).sees(homes(20), 10 * minute);
    expect(watch.told()).toEqual([]);
  });

  test('those that do not connect after a short restart are an outage since then', () => {
    const watch = begun({ lastAt: noon - 5 * second, homes: homes(20) });
    watch.sees(homes(20, first(20)), reconnectMs);
    expect(watch.outages()).toEqual(['norr']);
    expect(watch.since()).toBe(noon - 5 * second);
  });

  test('an outage that went on before goes on, and is told as the same', () => {
    const unheard = homes(20).map(({ id, municipalityId }) => ({
      id,
      municipalityId,
      from: noon - 30 * minute,
    }));
    const watch = begun({ lastAt: noon - 2 * minute, homes: homes(20, first(20)), unheard });
    expect(watch.outages()).toEqual(['norr']);
    expect(watch.told()).toEqual([]);
    watch.sees(homes(20));
    expect(watch.outages()).toEqual([]);
    expect(watch.told()).toHaveLength(20);
    expect(watch.told().every(({ from }) => from === noon - 30 * minute)).toBe(true);
  });
});

test('whatever comes and goes, no home is left waiting when all are there, and none is told twice', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 40 }), (away) => {
      const watch = begun().sees(homes(20));
      for (const count of away) watch.sees(homes(20, first(count)));
      watch.sees(homes(20));
      expect(watch.outages()).toEqual([]);
      const waiting = new Set<string>();
      for (const { homeId, to } of watch.told()) {
        expect(waiting.has(homeId)).toBe(to !== null);
        if (to === null) waiting.add(homeId);
        else waiting.delete(homeId);
      }
      expect(waiting.size).toBe(0);
    }),
  );
});
