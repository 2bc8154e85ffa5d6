import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import mqtt from 'mqtt';
import { expect, onTestFinished, test, vi } from 'vitest';

import { openSqliteStore } from '../../../gateway/store/sqlite-store.ts';
import { freePort, type ServerProcess, startServer } from '../../bench/server-process.ts';
import { createMosquitto } from '../../support/mosquitto.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { bridgeDevices, contact, eventsOf, furnishHub } from './hub-town.ts';

vi.setConfig({ testTimeout: 180_000 });
const patience = { timeout: 60_000, interval: 5 };
const users = { vaka: 'to fetch', hub: 'to publish' };
const asHub = ['-q', '1', '-u', 'hub', '-P', users.hub];

/** What the broker allows: Vaka reads what all publish and answers them, and a hub has its own topics. */
const accessList = [
  'user vaka',
  'topic read vaka/v1/#',
  'topic write vaka/v1/+/errors',
  'topic write vaka/v1/+/commands',
  '',
  'pattern readwrite vaka/v1/%u/#',
  '',
].join('\n');

async function openFolder(): Promise<string> {
  const dataDir = await temporaryFolder();
  const store = await openSqliteStore(join(dataDir, 'vaka.db'));
  await furnishHub(store, { secrets: new Map(), at: Date.now() - 2 * 3_600_000 });
  await store.close();
  return dataDir;
}

test('a gateway that is killed loses nothing that the municipality’s own broker has, and counts nothing twice', async () => {
  const broker = await createMosquitto({
    users,
    lines: ['max_queued_messages 100000', 'max_inflight_messages 200', 'log_type all'],
    accessList,
  });
  const dataDir = await openFolder();
  const ports = { httpPort: await freePort(), mqttPort: await freePort() };
  const environment = {
    VAKA_BRIDGE_URL: `mqtt://vaka:${encodeURIComponent(users.vaka)}@127.0.0.1:${broker.port}`,
  };
  const open = () => startServer({ dataDir, ...ports, environment });
  let server: ServerProcess = await open();
  onTestFinished(() => server.kill());
  const stored = (deviceId: string) => eventsOf(dataDir, deviceId).length;

  await broker.publish('vaka/v1/hub/zigbee2mqtt/bridge/devices', [bridgeDevices], asHub);
  await broker.publish('vaka/v1/hub/events', [event('first')], asHub);
  await vi.waitFor(() => expect(stored('hub')).toBeGreaterThan(0), patience);
  const before = { hub: stored('hub'), contact: stored(contact.id) };

  const ids = Array.from({ length: 3_000 }, (_, index) => `e-${index}`);
  const from = Date.now() - 3_600_000;
  const toggles = Array.from({ length: 1_000 }, (_, index) => {
    const last_seen = new Date(from + index * 1_000).toISOString();
    return JSON.stringify({ contact: index % 2 === 1, last_seen });
  });
  const publishing = Promise.all([
    broker.publish('vaka/v1/hub/events', ids.map(event), asHub),
    broker.publish(`vaka/v1/hub/zigbee2mqtt/${contact.name}`, toggles, asHub),
  ]);
  for (const share of [0.05, 0.3, 0.6]) {
    await vi.waitFor(
      () => expect(stored('hub') - before.hub).toBeGreaterThan(share * ids.length),
      patience,
    );
    await server.kill();
    server = await open();
  }
  await publishing;
  await vi.waitFor(() => {
    expect(stored('hub') - before.hub).toBeGreaterThanOrEqual(ids.length);
    expect(stored(contact.id) - before.contact).toBeGreaterThanOrEqual(toggles.length);
  }, patience);

  const told = eventsOf(dataDir, 'hub').filter(({ id }) => id.startsWith('e-'));
  expect(told.map(({ id }) => id)).toEqual(ids);
  const doors = eventsOf(dataDir, contact.id).filter(({ type }) => type.startsWith('door.'));
  expect(doors.map(({ at }) => at)).toEqual(toggles.map((_, index) => from + index * 1_000));

  const hub = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
    username: 'hub',
    password: users.hub,
  });
  onTestFinished(() => hub.endAsync(true));
  // What waits for the disk is not acknowledged, so the broker still has it.
  const disk = new DatabaseSync(join(dataDir, 'vaka.db'), { timeout: 60_000 });
  disk.exec('begin immediate');
  const late = ids.slice(0, 50).map((id) => `late-${id}`);
  const sent = () => broker.said().match(/Sending PUBLISH to vaka /g)?.length ?? 0;
  const sentBefore = sent();
  await Promise.all(
    late.map((id) => hub.publishAsync('vaka/v1/hub/events', event(id), { qos: 1 })),
  );
  await vi.waitFor(() => expect(sent() - sentBefore).toBeGreaterThanOrEqual(50), patience);
  await server.kill();
  disk.exec('rollback');
  disk.close();
  server = await open();
  const arrived = () => eventsOf(dataDir, 'hub').filter(({ id }) => id.startsWith('late-'));
  await vi.waitFor(() => expect(arrived().length).toBeGreaterThanOrEqual(50), patience);
  expect(arrived().map(({ id }) => id)).toEqual(late);
  expect(await server.stop()).toBe(true);
});

function event(id: string): string {
  return JSON.stringify({ id, type: 'device.heartbeat' });
}
