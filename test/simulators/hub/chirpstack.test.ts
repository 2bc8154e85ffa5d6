import { describe, expect, test } from 'vitest';

import { chirpstack } from '../../../gateway/dialects/chirpstack.ts';
import type { FleetHub } from '../../../simulators/hub/fleet-hub.ts';
import { bodyOf, minute, noon, performance, readAll, tellings } from './published.ts';

const door = '24e124136c000001';
const water = '24e124136c000002';
const button = '24e124136c000003';

const hub: FleetHub = {
  id: 'hub',
  secret: 'secret',
  speaks: 'chirpstack',
  devices: [
    { address: door, name: 'Ytterdörr', model: 'EM300-MCS', placement: 'entrance' },
    { address: water, name: 'Läckage badrum', model: 'WS303', placement: 'bathroom' },
    { address: button, name: 'Nödknapp', model: 'WS101', placement: 'worn' },
  ],
};

const eventful = [1, 2, 3, 4].flatMap(
  (time) =>
    [
      { after: (time * 10 + 1) * minute, happening: { what: 'door-open', where: 'entrance' } },
      { after: (time * 10 + 2) * minute, happening: { what: 'help-press' } },
      { after: (time * 10 + 3) * minute, happening: { what: 'door-close', where: 'entrance' } },
      { after: (time * 10 + 4) * minute, happening: { what: 'water-start' } },
      { after: (time * 10 + 5) * minute, happening: { what: 'water-end' } },
    ] as const,
);
const forMs = 2 * 24 * 60 * minute;

describe('a simulated ChirpStack', () => {
  test('sends the same for the same seed, and something else for another', () => {
    const once = performance(hub, eventful, { forMs });
    expect(performance(hub, eventful, { forMs })).toEqual(once);
    expect(performance(hub, eventful, { forMs, seed: 'other' })).not.toEqual(once);
  });

  test('tells some uplinks twice, by two gateways under one mark', () => {
    const ups = performance(hub, eventful, { forMs })
      .filter(({ topic }) => topic === 'chirpstack/event/up')
      .map(bodyOf);
    const byMark = Object.values(Object.groupBy(ups, (up) => String(up['deduplicationId'])));
    const twice = byMark.filter((same) => (same ?? []).length === 2);
    expect(twice.length).toBeGreaterThan(3);
    for (const [one, other] of twice.map((same) => same ?? [])) {
      expect({ ...other, rxInfo: one?.['rxInfo'] }).toEqual(one);
      expect(other?.['rxInfo']).not.toEqual(one?.['rxInfo']);
    }
  });

  test('is read without anything refused or not understood, and gives what happened once', () => {
    const read = readAll(chirpstack, performance(hub, eventful, { forMs }));
    expect(read.flatMap(({ refused }) => refused)).toEqual([]);
    expect(read.flatMap(({ notUnderstood }) => notUnderstood ?? [])).toEqual([]);
    const since = read.filter(({ at }) => at >= noon + 11 * minute);
    expect(tellings(since)).toEqual(
      [1, 2, 3, 4].flatMap(() => [
        `${door} door.opened`,
        `${button} help.pressed`,
        `${door} door.closed`,
        `${water} water.detected`,
        `${water} water.cleared`,
      ]),
    );
    const found = read.flatMap((each) => each.found ?? []);
    expect(new Set(found.map(({ profile }) => profile?.kind))).toEqual(
      new Set(['door-contact', 'water-detector', 'call-button']),
    );
  });

  test('writes in the bytes what the codec says of them', () => {
    const ups = performance(hub, eventful, { forMs }).filter(({ topic }) => topic.endsWith('/up'));
    for (const up of ups) {
      const { data, object } = bodyOf(up) as { data: string; object: Record<string, unknown> };
      const bytes = Buffer.from(data, 'base64');
      const pressed = bytes.equals(Buffer.from([0xff, 0x2e, 0x01]));
      expect(object['press']).toBe(pressed ? 'short' : undefined);
      if (!pressed) expect(object['battery']).toBe(bytes[2]);
    }
  });

  test('says how the batteries are twice a day', () => {
    const said = performance(hub, [], { forMs }).filter(({ topic }) => topic.endsWith('/status'));
    expect(said).toHaveLength(3 * 4);
    expect(bodyOf(said[0] ?? { payload: '{}', topic: '', retain: false, qos: 0 })).toMatchObject({
      batteryLevelUnavailable: false,
    });
  });
});
