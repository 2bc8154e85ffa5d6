import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import mqtt, { type MqttClient } from 'mqtt';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';

import { signInUrl } from '../../gateway/cli/context.ts';
import { type Config, readConfig } from '../../gateway/config.ts';
import type { Store } from '../../gateway/domain/store.ts';
import {
  type Addresses,
  createGateway,
  type Gateway,
  type GatewayOverrides,
} from '../../gateway/gateway.ts';
import type { AlertView } from '../../gateway/protocol/alert.ts';
import { AlertPage } from '../../gateway/protocol/api.ts';
import { eventsTopic } from '../../gateway/protocol/topic.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { createSignIn } from '../../gateway/services/sign-in.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export type World = Awaited<ReturnType<typeof openWorld>>;

export interface WorldOptions extends GatewayOverrides {
  /** How long ago homes and devices came into being, for events that are older than the test. */
  olderByMs?: number;
  furnish?: typeof furnish;
}

export const password = 'natten är lång i norr';

/** A gateway as it is run, on free ports and a file of its own, with two units, two homes and five people. */
export async function openWorld(options: WorldOptions = {}) {
  const { olderByMs = 0, furnish: fill = furnish, ...overrides } = options;
  const clock = overrides.clock ?? Date.now;
  const dataDir = await temporaryFolder();
  const secrets = new Map<string, string>();
  let addresses: Addresses | null = null;
  let gateway: Gateway | null = null;

  async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = await openSqliteStore(join(dataDir, 'vaka.db'));
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** Starts it; after a stop, on the ports it had before. */
  async function start(different: Partial<Config> = {}): Promise<void> {
    const ports = { httpPort: addresses?.httpPort ?? 0, mqttPort: addresses?.mqttPort ?? 0 };
    const config = { ...readConfig({ VAKA_DATA_DIR: dataDir }), ...ports, ...different };
    const started = createGateway(config, {
      clock,
      log: pino({ level: 'silent' }),
      startGraceMs: 0,
      ...overrides,
    });
    const found = await started.start();
    addresses ??= found;
    gateway = started;
  }

  async function stop(): Promise<void> {
    const running = gateway;
    gateway = null;
    await running?.stop();
  }

  function at(): Addresses {
    if (addresses === null) throw new Error('The gateway has never been started.');
    return addresses;
  }

  /** Sweeps now, for a test that holds the clock. */
  async function sweep(): Promise<void> {
    if (gateway === null) throw new Error('The gateway does not run.');
    await gateway.sweep();
  }

  /** Writes all history there is now. */
  async function settleHistory(): Promise<void> {
    if (gateway === null) throw new Error('The gateway does not run.');
    await gateway.settleHistory();
  }

  /** The address that signs this person in, once. */
  function linkFor(personId: string): Promise<string> {
    return withStore(async ({ accounts }) => {
      const { token } = await createSignIn({ accounts, clock, random: randomBytes }).createLink(
        personId,
      );
      return signInUrl(at().publicUrl, token);
    });
  }

  /** The API, for this person; with a body, what is to be written. */
  async function apiFor(
    personId: string,
  ): Promise<(path: string, write?: { method: string; body: object }) => Promise<Response>> {
    const { publicUrl } = at();
    const token = new URL(await linkFor(personId)).hash.replace('#token=', '');
    const response = await fetch(`${publicUrl}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify({ token }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    return (path, write) =>
      fetch(`${publicUrl}/api/v1${path}`, {
        method: write?.method ?? 'GET',
        headers: { cookie, 'content-type': 'application/json', origin: publicUrl },
        body: write === undefined ? null : JSON.stringify(write.body),
      });
  }

  /** A device's own connection; it goes away with the test. */
  async function connect(deviceId: string): Promise<MqttClient> {
    const client = await mqtt.connectAsync(at().mqttUrl, {
      clientId: deviceId,
      username: deviceId,
      password: secrets.get(deviceId) ?? '',
      reconnectPeriod: 0,
    });
    onTestFinished(async () => {
      if (client.connected) await client.endAsync(true);
    });
    return client;
  }

  /** Connects, sends one event, and leaves when it is acknowledged. */
  async function tell(deviceId: string, event: { id?: string; type: string; data?: object }) {
    const client = await connect(deviceId);
    const id = event.id ?? randomBytes(8).toString('hex');
    await client.publishAsync(eventsTopic(deviceId), JSON.stringify({ ...event, id }), { qos: 1 });
    await client.endAsync();
  }

  async function alerts(personId: string, query = ''): Promise<AlertView[]> {
    const api = await apiFor(personId);
    const response = await api(`/alerts${query}`);
    return AlertPage.parse(await response.json()).items;
  }

  await withStore((store) => fill(store, { secrets, at: clock() - olderByMs }));
  await start();
  onTestFinished(stop);
  return {
    dataDir,
    secrets,
    start,
    stop,
    sweep,
    settleHistory,
    at,
    linkFor,
    apiFor,
    connect,
    tell,
    alerts,
    withStore,
  };
}

export interface Furnishing {
  secrets: Map<string, string>;
  at: number;
}

/** A carer of each of two units, two carers of one, and those who tend the whole. */
async function furnish(store: Store, { secrets, at }: Furnishing): Promise<void> {
  const { registry, accounts } = store;
  const clock = () => at;
  const onboarding = createOnboarding({ registry, clock, random: randomBytes });
  const municipalityId = 'norr';
  await onboarding.addMunicipality({
    id: municipalityId,
    name: 'Norrköpinge',
    timeZone: 'Europe/Stockholm',
  });
  const consents = ['help', 'activity'];
  const homes = [
    ['skogsgatan', 'Skogsgatan 4', 'Elsa B', 'nattpatrullen', 'Nattpatrullen'],
    ['storgatan', 'Storgatan 1', 'Nils K', 'hemtjansten', 'Hemtjänsten'],
  ] as const;
  for (const [id, label, resident, unitId, unitName] of homes) {
    await onboarding.addUnit({ id: unitId, municipalityId, name: unitName });
    const residents = [resident];
    const place = { id, label, unitId, municipalityId, residents, cohabitants: [], consents };
    await onboarding.addHome(place);
    for (const profile of ['call-button', 'door-contact', 'motion-sensor']) {
      const device = { homeId: id, id: `${id}-${profile}`, profile };
      const { deviceId, secret } = await onboarding.addDevice(device);
      secrets.set(deviceId, secret);
    }
  }
  const { hashPassword } = createSignIn({ accounts, clock, random: randomBytes });
  const people = [
    ['amina', 'carer', ['nattpatrullen']],
    ['johan', 'carer', ['nattpatrullen']],
    ['bengt', 'carer', ['hemtjansten']],
    ['tore', 'technician', []],
    ['karin', 'coordinator', []],
  ] as const;
  for (const [id, role, units] of people) {
    await registry.addUser({
      id,
      municipalityId,
      email: `${id}@vaka.example`,
      name: `${id[0]?.toUpperCase()}${id.slice(1)}`,
      role,
      units,
      passwordHash: id === 'amina' ? await hashPassword(password) : null,
      at,
    });
  }
}
