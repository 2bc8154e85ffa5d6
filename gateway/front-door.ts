import { type Broker, createBroker, type Limits } from '../broker/broker.ts';
import type { Config } from './config.ts';
import type { Identity } from './identity.ts';
import type { Ingest } from './services/ingest.ts';
import { readTls } from './tls.ts';

export interface FrontDoorOptions {
  config: Config;
  ingest: Ingest;
  identity: Identity;
  clock: () => number;
  limits: Partial<Limits>;
}

/** Our own broker, as the configuration wants it. */
export async function openFrontDoor(options: FrontDoorOptions): Promise<Broker> {
  const { config, ingest, identity, clock, limits } = options;
  return createBroker({
    host: config.host,
    port: config.mqttPort,
    verify: identity.verify,
    accept: ingest.accept,
    onPresence: ingest.presence,
    onNotice: identity.notice,
    allowPlain: config.plainMqttFor === 'anyone',
    clock,
    limits,
    proxies: config.proxies,
    isHttps: config.publicUrl?.startsWith('https:') ?? false,
    ...(config.tls === null ? {} : { tls: await readTls(config.tls) }),
  });
}
