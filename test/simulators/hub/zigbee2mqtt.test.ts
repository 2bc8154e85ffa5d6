import { describe, expect, test } from 'vitest';

import { zigbee2mqtt } from '../../../gateway/dialects/zigbee2mqtt.ts';
import { shippedModel } from '../../../gateway/protocol/device/shipped-profile.ts';
import { createDice } from '../../../simulators/dice.ts';
import type { FleetHub } from '../../../simulators/hub/fleet-hub.ts';
import { startHub } from '../../../simulators/hub/running-hub.ts';
import { zigbeeModels } from '../../../simulators/hub/zigbee-model.ts';
import { bodyOf, minute, noon, performance, readAll, tellings } from './published.ts';

const door = '0x00158d0000000001';
const motion = '0x00158d0000000002';
const water = '0x00158d0000000003';
const button = '0x00158d0000000004';
const climate = '0x00124b0000000005';

const hub: FleetHub = {
  id: 'hub',
  secret: 'secret',
  speaks: 'zigbee2mqtt',
  devices: [
    { address: door, name: 'Entré/Ytterdörr', model: 'MCCGQ11LM', placement: 'entrance' },
    { address: motion, name: 'Hall/Rörelse', model: 'RTCGQ11LM', placement: 'hall' },
    { address: water, name: 'Badrum/Läcka', model: 'SJCGQ11LM', placement: 'bathroom' },
    { address: button, name: 'Nödknapp', model: 'HS1EB/HS1EB-E', placement: 'worn' },
    { address: climate, name: 'Klimat', model: 'SNZB-02D', placement: 'living-room' },
  ],
};

const eventful = [
  { after: 1 * minute, happening: { what: 'movement', where: 'hall' } },
  { after: 2 * minute, happening: { what: 'door-open', where: 'entrance' } },
  { after: 3 * minute, happening: { what: 'help-press' } },
  { after: 4 * minute, happening: { what: 'door-close', where: 'entrance' } },
  { after: 5 * minute, happening: { what: 'water-start' } },
  { after: 6 * minute, happening: { what: 'water-end' } },
] as const;

describe('a simulated zigbee2mqtt', () => {
  test('publishes the same for the same seed, and something else for another', () => {
    const once = performance(hub, eventful);
    expect(performance(hub, eventful)).toEqual(once);
    expect(performance(hub, eventful, { seed: 'other' })).not.toEqual(once);
  });

  test('is found with what each device can tell, by its model', () => {
    const found = readAll(zigbee2mqtt, performance(hub, [])).flatMap((each) => each.found ?? []);
    const kinds = found.map(({ address, profile, label }) => [address, label, profile?.kind]);
    expect(kinds).toEqual(
      hub.devices.map(({ address, name, model }) => [address, name, zigbeeModels[model]?.profile]),
    );
    const shipped = Object.values(zigbeeModels).map(({ model, modelId }) => [
      shippedModel('zigbee2mqtt', [model])?.id,
      shippedModel('zigbee2mqtt', [modelId])?.id,
    ]);
    expect(shipped.filter(([byModel]) => byModel !== undefined)).toHaveLength(4);
    for (const [byModel, byId] of shipped) expect(byId).toBe(byModel);
  });

  test('is read without anything refused or not understood, and gives what happened', () => {
    const read = readAll(zigbee2mqtt, performance(hub, eventful, { forMs: 6 * 60 * minute }));
    expect(read.flatMap(({ refused }) => refused)).toEqual([]);
    expect(read.flatMap(({ notUnderstood }) => notUnderstood ?? [])).toEqual([]);
    expect(tellings(read)).toEqual([
      `${motion} motion.detected`,
      `${door} door.opened`,
      `${motion} motion.cleared`,
      `${button} help.pressed`,
      `${door} door.closed`,
      `${water} water.detected`,
      `${water} water.cleared`,
    ]);
  });

  test('empties an action right after it, and says later that nothing was done', () => {
    const said = performance(hub, eventful, { forMs: 3 * 60 * minute });
    const bodies = said.filter(({ topic }) => topic === 'zigbee2mqtt/Nödknapp').map(bodyOf);
    const at = bodies.findIndex(({ action }) => action === 'emergency');
    expect(bodies[at + 1]).toEqual({ ...bodies[at], action: '' });
    expect(bodies.slice(at + 2).map(({ action }) => action)).toContain(null);
  });

  test('repeats states, lets a field be missing now and then, and wears the battery', () => {
    const said = performance(hub, [], { forMs: 30 * 24 * 60 * minute }).filter(
      ({ topic }) => topic === 'zigbee2mqtt/Entré/Ytterdörr',
    );
    const bodies = said.map(bodyOf);
    const bare = bodies.filter((body) => !('contact' in body));
    expect(bodies.filter(({ contact }) => contact === true).length).toBeGreaterThan(bare.length);
    expect(bare.length).toBeGreaterThan(10);
    expect(Number(bodies.at(-1)?.['battery'])).toBeLessThan(Number(bodies[0]?.['battery']));
    expect(new Set(bodies.map(({ linkquality }) => linkquality)).size).toBeGreaterThan(10);
    expect(new Set(bodies.map(({ last_seen }) => last_seen)).size).toBe(bodies.length);
  });

  test('has its broker tell again, twice, what is retained and not forgotten', () => {
    const running = startHub(hub, createDice('seed'));
    const started = running.meet(noon, { kind: 'start' }).filter(({ retain }) => retain);
    expect(started.map(({ topic }) => topic)).toContain('zigbee2mqtt/Entré/Ytterdörr/availability');
    expect(running.reconnect()).toEqual([...started, ...started]);
    running.meet(noon + minute, { kind: 'leave', address: water });
    const topics = running.reconnect().map(({ topic }) => topic);
    expect(topics).not.toContain('zigbee2mqtt/Badrum/Läcka/availability');
    expect(topics).toHaveLength(2 * (started.length - 1));
  });

  test('opens and closes a door that is tried, and closes it when it is left alone', () => {
    const tries = ['try', 'try', 'try', 'rest', 'rest'] as const;
    const said = performance(
      hub,
      tries.map((kind, index) => ({ after: index * minute, stimulus: { kind, address: door } })),
    );
    expect(tellings(readAll(zigbee2mqtt, said))).toEqual([
      `${door} door.opened`,
      `${door} door.closed`,
      `${door} door.opened`,
      `${door} door.closed`,
    ]);
  });

  test('tells a device that leaves, and lists it no more', () => {
    const leave = { after: minute, stimulus: { kind: 'leave', address: water } } as const;
    const wet = { after: 2 * minute, happening: { what: 'water-start' } } as const;
    const read = readAll(zigbee2mqtt, performance(hub, [leave, wet]));
    expect(read.flatMap(({ gone }) => gone ?? [])).toContain(water);
    expect(tellings(read)).toEqual([`${water} reach.lost`]);
  });

  test('gives up a dead device after a day, and says nothing of it after that', () => {
    const death = { after: minute, happening: { what: 'death', profile: 'call-button' } } as const;
    const said = performance(hub, [death], { forMs: 40 * 60 * minute });
    expect(tellings(readAll(zigbee2mqtt, said))).toEqual([`${button} reach.lost`]);
    const heard = said.filter(
      ({ topic, at }) => topic === 'zigbee2mqtt/Nödknapp' && at > noon + death.after,
    );
    expect(heard).toEqual([]);
  });
});
