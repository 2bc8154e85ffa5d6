import { expect, test, vi } from 'vitest';

import type { BridgeConfiguration, HubDetail } from '../../../gateway/protocol/device/hub.ts';
import { openWorld } from '../../e2e/world.ts';
import { createMosquitto } from '../../support/mosquitto.ts';
import { bridgeDevices, button, contact, eventsOf, furnishHub } from './hub-town.ts';

const second = 1_000;
const minute = 60 * second;
const patience = { timeout: 60_000, interval: 50 };

/** What zigbee2mqtt publishes of the contact, with the time at which it heard it. */
function toggled(number: number, at: number): string {
  const last_seen = new Date(at).toISOString();
  return JSON.stringify({ contact: number % 2 === 1, linkquality: 120, last_seen });
}

test('five hundred messages of an outage arrive once, in order, and late', async () => {
  let now = Date.parse('2026-11-22T02:00:00+01:00');
  const world = await openWorld({
    clock: () => now,
    olderByMs: 5 * minute,
    sweepEveryMs: 60 * minute,
    furnish: furnishHub,
  });
  const { text } = await configure(world);
  const mosquitto = await createMosquitto({ files: { 'vaka.conf': text } });
  await mosquitto.publish('zigbee2mqtt/bridge/devices', [bridgeDevices], ['-q', '1', '-r']);
  await mosquitto.publish(`zigbee2mqtt/${contact.name}`, [toggled(1, now)], ['-q', '0']);
  await vi.waitFor(() => expect(eventsOf(world.dataDir, contact.id)).not.toHaveLength(0), patience);
  const before = eventsOf(world.dataDir, contact.id).length;

  await world.stop();
  const wentAt = now;
  const times = Array.from({ length: 500 }, (_, index) => wentAt + (index + 1) * 100);
  const pressedAt = times[250] ?? 0;
  const topic = `zigbee2mqtt/${contact.name}`;
  const told = times.map((at, index) => toggled(index, at));
  const pressed = { action: 'emergency', last_seen: new Date(pressedAt).toISOString() };
  await mosquitto.publish(topic, told.slice(0, 250), ['-q', '0']);
  await mosquitto.publish(`zigbee2mqtt/${button.name}`, [JSON.stringify(pressed)], ['-q', '0']);
  await mosquitto.publish(topic, told.slice(251), ['-q', '0']);

  now += 2 * minute;
  await world.start();
  await vi.waitFor(
    () => expect(eventsOf(world.dataDir, contact.id).length - before).toBeGreaterThanOrEqual(499),
    patience,
  );
  await vi.waitFor(
    async () => expect(await hubOf(world)).toMatchObject({ connected: true }),
    patience,
  );

  const doors = eventsOf(world.dataDir, contact.id).slice(before);
  expect(doors.map(({ at }) => at)).toEqual(times.filter((at) => at !== pressedAt));
  expect(doors.filter(({ type }) => type === 'door.opened').length).toBeGreaterThan(240);
  expect(new Set(doors.map(({ id }) => id)).size).toBe(499);
  const presses = eventsOf(world.dataDir, button.id).filter(({ type }) => type === 'help.pressed');
  expect(presses).toMatchObject([{ at: pressedAt, receivedAt: now }]);

  await world.sweep();
  expect(await world.alerts('amina')).toMatchObject([
    {
      device: { id: button.id },
      state: 'firing',
      since: pressedAt,
      lateMs: now - pressedAt,
      repeats: 0,
    },
  ]);
});

type World = Awaited<ReturnType<typeof openWorld>>;

async function configure(world: World): Promise<BridgeConfiguration> {
  const api = await world.apiFor('tore');
  const sources = [{ dialect: 'zigbee2mqtt' }];
  const response = await api('/hubs/hub/bridge-configuration', {
    method: 'POST',
    body: { sources },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as BridgeConfiguration;
}

async function hubOf(world: World): Promise<HubDetail> {
  const api = await world.apiFor('tore');
  return (await (await api('/hubs/hub')).json()) as HubDetail;
}
