import { describe, expect, test } from 'vitest';

import { frigate } from '../../../gateway/dialects/frigate.ts';
import type { FleetHub } from '../../../simulators/hub/fleet-hub.ts';
import { bodyOf, minute, performance, readAll, tellings } from './published.ts';

const hub: FleetHub = {
  id: 'hub',
  secret: 'secret',
  speaks: 'frigate',
  devices: [
    { address: 'sovrum', name: 'sovrum', model: 'camera', placement: 'bedroom' },
    { address: 'hallen', name: 'hallen', model: 'camera', placement: 'hall' },
  ],
};

const eventful = [
  { after: 1 * minute, happening: { what: 'bed-leave', where: 'bedroom' } },
  { after: 1 * minute + 15_000, happening: { what: 'movement', where: 'bedroom' } },
  { after: 4 * minute, happening: { what: 'movement', where: 'hall' } },
  { after: 6 * minute, happening: { what: 'loud-sound', where: 'bedroom', value: 92 } },
] as const;

describe('a simulated Frigate', () => {
  test('publishes the same for the same seed, and something else for another', () => {
    const once = performance(hub, eventful);
    expect(performance(hub, eventful)).toEqual(once);
    expect(performance(hub, eventful, { seed: 'other' })).not.toEqual(once);
  });

  test('tells one object again every few seconds, with zones and times in fractions of seconds', () => {
    const events = performance(hub, eventful)
      .filter(({ topic }) => topic === 'frigate/events')
      .map((said) => bodyOf(said) as { type: string; after: Record<string, unknown> })
      .filter(({ after }) => after['camera'] === 'sovrum');
    expect(new Set(events.map(({ after }) => after['id'])).size).toBe(1);
    expect(events.map(({ type }) => type)).toEqual([
      'new',
      ...events.slice(2).map(() => 'update'),
      'end',
    ]);
    expect(events.length).toBeGreaterThan(5);
    expect(events.at(-1)?.after).toMatchObject({ entered_zones: ['bed', 'floor'] });
    const { frame_time: frame, end_time: end } = events.at(-1)?.after ?? {};
    expect(Number(end) - Number(frame)).toBeLessThanOrEqual(5);
    expect(String(events[0]?.after['id'])).toMatch(/^\d{10}\.\d{6}-[a-z0-9]{6}$/);
  });

  test('is read without anything refused or not understood, and gives what happened', () => {
    const read = readAll(frigate, performance(hub, eventful));
    expect(read.flatMap(({ refused }) => refused)).toEqual([]);
    expect(read.flatMap(({ notUnderstood }) => notUnderstood ?? [])).toEqual([]);
    expect(tellings(read)).toEqual([
      // At first, in `bed`, and in `floor`.
      'sovrum person.seen',
      'sovrum person.seen',
      'sovrum person.seen',
      'hallen person.seen',
      'hallen person.seen',
      'sovrum sound.loud',
    ]);
  });

  test('loses a camera that dies, and never sees with it again', () => {
    const death = { after: minute, happening: { what: 'death', where: 'hall' } } as const;
    const later = { after: 2 * minute, happening: { what: 'movement', where: 'hall' } } as const;
    expect(tellings(readAll(frigate, performance(hub, [death, later])))).toEqual([
      'hallen reach.lost',
    ]);
  });

  test('sends a picture of what it saw, and keeps it for whoever comes later', () => {
    const pictures = performance(hub, eventful).filter(({ topic }) => topic.endsWith('/snapshot'));
    expect(pictures.length).toBeGreaterThan(1);
    for (const { payload, retain } of pictures) {
      expect(retain).toBe(true);
      expect(Buffer.from(payload).subarray(0, 3).toString('hex')).toBe('ffd8ff');
    }
  });
});
