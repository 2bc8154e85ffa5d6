import { readFile } from 'node:fs/promises';

import type { Logger } from 'pino';

import type { Broker } from '../broker/broker.ts';
import {
  type BridgeNotice,
  type BrokerBridge,
  createBrokerBridge,
} from './bridge/broker-bridge.ts';
import { type Config, hubMqttUrlOf } from './config.ts';
import type { Store } from './domain/store.ts';
import type { HubDependencies } from './http/hub-route.ts';
import type { UplinkDependencies } from './http/uplink-route.ts';
import type { Identity } from './identity.ts';
import { createHubDesk } from './services/hub-desk.ts';
import type { Ingest } from './services/ingest.ts';
import type { Metrics } from './services/metrics.ts';

export interface BridgingOptions {
  config: Pick<Config, 'bridge'>;
  store: Pick<Store, 'hubs'>;
  ingest: Pick<Ingest, 'accept'>;
  metrics: Pick<Metrics, 'bridgeNotices'>;
  clock: () => number;
  log: Logger;
}

/** Notices that somebody should look into. */
const worthWarning: ReadonlySet<BridgeNotice['kind']> = new Set([
  'lost',
  'session-lost',
  'unknown-device',
]);

/** The bridge to a broker that the municipality runs itself; null: there is none. */
export async function createBridging(options: BridgingOptions): Promise<BrokerBridge | null> {
  const { bridge } = options.config;
  if (bridge === null) return null;
  const { store, ingest, metrics, clock, log } = options;
  const { protocol, hostname, port, username, password } = new URL(bridge.url);
  const isTls = protocol === 'mqtts:';
  return createBrokerBridge({
    address: {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (isTls ? 8883 : 1883) : Number(port),
      isTls,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(bridge.caFile === null ? {} : { ca: await readFile(bridge.caFile) }),
    },
    clientId: bridge.clientId,
    filter: bridge.topic,
    accept: ingest.accept,
    inUse: store.hubs.inUse,
    notice: (notice) => {
      metrics.bridgeNotices.inc({ kind: notice.kind });
      log[worthWarning.has(notice.kind) ? 'warn' : 'debug'](notice, 'bridge notice');
    },
    clock,
  });
}

/** How devices are told something, by whichever way they speak to us. */
export function createDownlink(
  broker: Pick<Broker, 'publish' | 'isConnected'>,
  bridge: BrokerBridge | null,
) {
  const isBridged = (deviceId: string) =>
    bridge?.hasHeard(deviceId) === true && !broker.isConnected(deviceId);
  return {
    publish: (topic: string, payload: string): Promise<void> => {
      const deviceId = topic.split('/')[2] ?? '';
      return bridge !== null && isBridged(deviceId)
        ? bridge.publish(topic, payload)
        : broker.publish(topic, payload, { qos: 1 });
    },
    isConnected: (deviceId: string): boolean =>
      broker.isConnected(deviceId) ||
      (isBridged(deviceId) && bridge?.status().isConnected === true),
  };
}

/** What is asked of us about hubs, and the way in for those that speak HTTP. */
export function createHubSide({
  config,
  store,
  identity,
  ingest,
  clock,
}: {
  config: Pick<Config, 'plainMqttFor'>;
  store: Pick<Store, 'hubs' | 'accessLog'>;
  identity: Identity;
  ingest: Pick<Ingest, 'accept'>;
  clock: () => number;
}): HubDependencies & UplinkDependencies {
  const { desks, mqttUrl, verify } = identity;
  return {
    hubs: createHubDesk({
      hubs: store.hubs,
      accessLog: store.accessLog,
      clock,
      renewSecret: desks.identity.renewSecret,
      mqttUrl: () => hubMqttUrlOf(config, mqttUrl()),
    }),
    uplinks: {
      verify: async (hubId, password) => (await verify(hubId, { password })) === null,
      accept: ingest.accept,
    },
  };
}
