import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';

import { createBroker } from '../../broker/broker.ts';
import { readConfig } from '../../gateway/config.ts';
import type { Scope } from '../../gateway/domain/scope.ts';
import { createIdentity } from '../../gateway/identity.ts';
import type { Role } from '../../gateway/protocol/api.ts';
import { createMetrics } from '../../gateway/services/metrics.ts';
import { makeServerCertificate } from '../support/certificate.ts';
import { addUser, furnish } from './store/furnish.ts';
import { createSqliteStorage } from './store/sqlite-storage.ts';

export type IdentityWorld = Awaited<ReturnType<typeof openIdentityWorld>>;

/** How a device connects: by its secret, unless told otherwise. */
export type Wish = Partial<IClientOptions> & { plain?: boolean };

export const municipalities = { norr: { 'norr-1': ['n1', 'n2'] }, syd: { 'syd-1': ['s1'] } };

/** A broker with TLS, a store, and the desks where devices get what they sign in with; two municipalities. */
export async function openIdentityWorld(more: Record<string, string> = {}) {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, municipalities);
  await addUser(store, { id: 'tore', municipalityId: 'norr', name: 'Tore', role: 'technician' });
  const server = await makeServerCertificate();
  const config = readConfig({
    VAKA_MQTT_PORT: '0',
    VAKA_MQTTS_PORT: '0',
    VAKA_TLS_CERT_FILE: server.certFile,
    VAKA_TLS_KEY_FILE: server.keyFile,
    ...more,
  });
  // Ahead a little, so that what OpenSSL makes during the test holds already.
  let now = Date.now() + 60_000;
  const clock = () => now;
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'info' },
    { write: (line: string) => logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const registry = new Registry();
  const identity = createIdentity({
    config,
    store,
    metrics: createMetrics(registry),
    clock,
    log,
  });
  const broker = createBroker({
    host: '127.0.0.1',
    port: 0,
    tls: { port: 0, ...server },
    verify: identity.verify,
    accept: async () => ({ refused: null }),
    onNotice: identity.notice,
    clock,
    limits: { refusalDelayMs: 1 },
  });
  const ports = await broker.start();
  await identity.begin(broker, ports);
  onTestFinished(async () => {
    await broker.stop();
    await identity.stop();
  });

  function urlOf({ plain = false }: Wish): string {
    return plain ? `mqtt://127.0.0.1:${ports.port}` : `mqtts://127.0.0.1:${ports.tlsPort ?? 0}`;
  }

  async function connect(deviceId: string, wish: Wish = {}): Promise<MqttClient> {
    const { plain: _, ...options } = wish;
    const client = mqtt.connect(urlOf(wish), {
      clientId: deviceId,
      protocolVersion: 4,
      reconnectPeriod: 0,
      ca: server.cert,
      ...options,
    });
    onTestFinished(() => client.endAsync(true));
    const { promise, resolve, reject } = Promise.withResolvers<MqttClient>();
    client.once('connect', () => resolve(client));
    client.on('error', reject);
    return promise;
  }

  return {
    storage,
    store,
    ...identity.desks,
    registry,
    ports,
    server,
    broker,
    logged,
    connect,
    pass: (ms: number) => {
      now += ms;
    },
    clock,
    /** The CONNACK return code: 0 for a device that is let in. */
    tryOut: async (deviceId: string, wish: Wish): Promise<number | undefined> => {
      try {
        await (await connect(deviceId, wish)).endAsync();
        return 0;
      } catch (error) {
        return (error as { code?: number }).code;
      }
    },
    /** Why log-ins were refused, in order. */
    refusals: () =>
      logged.filter(({ msg }) => msg === 'log-in refused').map(({ reason }) => reason),
  };
}

/** A password, as a device sends it. */
export function withSecret(deviceId: string, secret = `secret of ${deviceId}`): Wish {
  return { username: deviceId, password: secret };
}

export function scopeOf(role: Role = 'technician', municipalityId = 'norr'): Scope {
  return { userId: 'tore', municipalityId, role, units: 'all' };
}
