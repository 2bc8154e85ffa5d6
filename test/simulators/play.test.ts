import { describe, expect, test } from 'vitest';

import { occurrences, startOf } from '../../simulators/play.ts';
import { readScenario } from '../../simulators/scenario.ts';
import { createVirtualClock } from '../../simulators/virtual-clock.ts';
import { sampleFleet } from './sample-fleet.ts';

const now = Date.UTC(2026, 2, 10, 12);
const hour = 3_600_000;
const { homes } = sampleFleet(2);

function idsOf(startAt: number, seed = 'seed'): Set<string> {
  const scenario = readScenario('dying-battery');
  const ids = new Set<string>();
  for (const each of occurrences(homes, { scenario, seed, startAt })) {
    if (each.kind === 'event') ids.add(`${each.deviceId} ${each.event.id}`);
  }
  return ids;
}

describe('a performance', () => {
  test('uses no id of another performance', () => {
    const ids = idsOf(now);
    expect(ids.size).toBeGreaterThan(100);
    expect(ids.isDisjointFrom(idsOf(now + 1))).toBe(true);
    expect(ids.isDisjointFrom(idsOf(now, 'other'))).toBe(true);
  });

  test('tells all homes in one order of time, from the start to the end', () => {
    const scenario = readScenario('dying-battery');
    const times = [...occurrences(homes, { scenario, seed: 'seed', startAt: now })].map(
      ({ at }) => at,
    );
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times[0]).toBeGreaterThanOrEqual(now);
    expect(times.at(-1)).toBeLessThanOrEqual(now + (scenario.duration ?? 0));
  });

  test('plays in the home that can show the script when the others cannot', () => {
    const scenario = readScenario('fall-at-night');
    const deaf = {
      ...homes[0],
      id: 'deaf',
      timeZone: 'Europe/Stockholm',
      devices: (homes[0]?.devices ?? []).filter(({ profile }) => profile === 'thermometer'),
    };
    const all = [...occurrences([deaf, ...homes.slice(1)], { scenario, seed: 's', startAt: now })];
    expect(new Set(all.map(({ homeId }) => homeId))).toEqual(new Set(['home-2']));
  });

  test('that begins now starts now at the speed of real time', () => {
    expect(startOf(readScenario('demo'), homes, now, 1)).toBe(now);
    expect(startOf(readScenario('dying-battery'), homes, now, 1)).toBe(now);
  });

  test('that runs faster starts so early that it reaches the present as it ends', () => {
    const startAt = startOf(readScenario('dying-battery'), homes, now, 4);
    const { realTimeOf } = createVirtualClock(startAt, now, 4);
    expect(startAt).toBe(now - 3 * hour);
    expect(realTimeOf(startAt + 2 * hour)).toBe(now + hour / 2);
    expect(realTimeOf(startAt + 4 * hour)).toBe(startAt + 4 * hour);
  });

  test('that starts by the clock on the wall starts at its last such time', () => {
    const startAt = startOf(readScenario('fall-at-night'), homes, now, 1);
    expect(new Date(startAt).toISOString()).toBe('2026-03-10T00:45:00.000Z');
  });

  test('never runs ahead of real time', () => {
    const { realTimeOf } = createVirtualClock(now - hour, now, 1000);
    expect(realTimeOf(now + 5 * hour)).toBe(now + 5 * hour);
  });
});
