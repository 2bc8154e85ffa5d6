import { expect, test } from 'vitest';

import { Fleet } from '../../simulators/fleet.ts';
import { tellHistory } from '../../simulators/history.ts';

const hour = 3_600_000;
const day = 24 * hour;
const devices = [
  { id: 'bed', profile: 'bed-sensor', placement: 'bed' },
  { id: 'kitchen', profile: 'motion-sensor', placement: 'kitchen' },
  { id: 'bathroom', profile: 'motion-sensor', placement: 'bathroom' },
  { id: 'door', profile: 'door-contact', placement: 'entrance' },
] as const;
const { homes } = Fleet.parse({
  homes: [
    {
      id: 'home',
      timeZone: 'Europe/Stockholm',
      devices: devices.map((device) => ({ ...device, secret: 'not used here' })),
    },
  ],
});

/** When somebody was in bed in five weeks of a simulated life, and when something moved elsewhere. */
function live(seed: string) {
  const from = Date.parse('2026-10-18T10:00:00Z');
  const beds: { from: number; to: number }[] = [];
  const moves: number[] = [];
  const span = { from, to: from + 35 * day, seed };
  for (const { event } of tellHistory(homes, span)) {
    const last = beds.at(-1);
    if (event.type === 'bed.entered') beds.push({ from: event.at, to: Infinity });
    if (event.type === 'bed.left' && last !== undefined) last.to = event.at;
    if (event.type === 'motion.detected') moves.push(event.at);
  }
  return { from, beds, moves };
}

test.each(['weeks', 'other', 'third'])(
  'somebody who moves about is out of bed, and sleeps some hours each night (%s)',
  (seed) => {
    const { from, beds, moves } = live(seed);
    expect(moves.length).toBeGreaterThan(500);
    const impossible = moves.filter((at) => beds.some((bed) => bed.from < at && at < bed.to));
    expect(impossible).toEqual([]);
    for (let night = 0; night < 34; night += 1) {
      const evening = from + night * day + 10 * hour;
      const morning = evening + 14 * hour;
      const slept = beds.reduce(
        (sum, bed) => sum + Math.max(0, Math.min(bed.to, morning) - Math.max(bed.from, evening)),
        0,
      );
      expect(slept).toBeGreaterThan(2 * hour);
    }
  },
);
