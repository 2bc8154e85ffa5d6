import { randomBytes, randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import type { Broker, BrokerNotice, LoginRefusal, Verify } from '../broker/broker.ts';
import { type Config, deviceMqttUrlOf } from './config.ts';
import type { IdentityDesk, ProvisioningDesk } from './domain/identity-desk.ts';
import type { Store } from './domain/store.ts';
import { createCredentialWatch } from './services/credential-watch.ts';
import { createIdentityDesk } from './services/identity-desk.ts';
import type { Metrics } from './services/metrics.ts';
import { createProvisioningDesk } from './services/provisioning-desk.ts';
import { createDeviceVerifier } from './services/verify-device.ts';
import { watchTls } from './tls.ts';

export interface IdentityOptions {
  config: Config;
  store: Pick<Store, 'directory' | 'credentials' | 'provisioning'>;
  metrics: Pick<Metrics, 'brokerNotices' | 'loginRefusals' | 'provisioning'>;
  clock: () => number;
  log: Logger;
}

/** Who devices are: how the broker knows, and where people and devices arrange it. */
export interface Identity {
  verify: Verify;
  /** Counts what the broker did, and logs what somebody should look into. */
  notice: (notice: BrokerNotice) => void;
  desks: { identity: IdentityDesk; provisioning: ProvisioningDesk };
  /** Where devices find MQTT, once it listens. */
  mqttUrl: () => string;
  /** Once the broker listens. */
  begin: (broker: Broker, ports: { port: number; tlsPort: number | null }) => Promise<void>;
  stop: () => Promise<void>;
}

/** Notices that somebody should look into; the others are counted. */
const worthWarning: ReadonlySet<BrokerNotice['kind']> = new Set([
  'listener-error',
  'connection-refused',
  'not-stored',
]);

/** A claimed id may be as long as MQTT lets it be. */
const loggedIdLength = 64;

export function createIdentity(options: IdentityOptions): Identity {
  const { config, store, metrics, clock, log } = options;
  let broker: Broker | null = null;
  let ports = { mqttPort: config.mqttPort, mqttsPort: config.tls?.port ?? null };
  let stopWatchingTls = () => {};

  const disconnect = (deviceId: string) => broker?.disconnect(deviceId);
  const mqttUrl = () => deviceMqttUrlOf(config, ports);
  const watch = createCredentialWatch({
    credentials: store.credentials,
    clock,
    disconnect,
    failed: (error) => log.error({ err: error }, 'credentials could not be looked after'),
  });
  const shared = {
    ...store,
    clock,
    newId: randomUUID,
    random: randomBytes,
    mqttUrl,
    disconnect,
  };

  return {
    verify: createDeviceVerifier({ ...store, clock, used: watch.used }),
    notice: (notice) => {
      metrics.brokerNotices.inc({ kind: notice.kind });
      if (notice.kind !== 'login-refused') {
        log[worthWarning.has(notice.kind) ? 'warn' : 'debug'](notice, 'broker notice');
        return;
      }
      const { reason, address } = notice;
      const deviceId = notice.deviceId.slice(0, loggedIdLength);
      metrics.loginRefusals.inc({ reason });
      // Beyond the limit nobody is listened to; a line for each would only fill the disk.
      const level = reason === 'too-many-refusals' ? 'debug' : 'warn';
      log[level]({ deviceId, address, reason, why: explanations[reason] }, 'log-in refused');
    },
    desks: {
      identity: createIdentityDesk({
        ...shared,
        changed: (change) => log.info(change, 'credentials changed'),
      }),
      provisioning: createProvisioningDesk({
        ...shared,
        told: (outcome) => {
          const { result } = outcome;
          metrics.provisioning.inc({ result: result === 'refused' ? outcome.why : result });
          log[result === 'provisioned' ? 'info' : 'warn'](outcome, 'provisioning asked for');
        },
      }),
    },
    mqttUrl,
    begin: async (running, { port, tlsPort }) => {
      broker = running;
      ports = { mqttPort: port, mqttsPort: tlsPort };
      warnOfPlain();
      watch.start();
      if (config.tls === null) return;
      const { stop } = await watchTls({
        tls: config.tls,
        renewed: (pair, expiresAt) => {
          running.renewCertificate(pair);
          log.info({ expiresAt }, 'certificate renewed');
        },
        failed: (error) =>
          log.error({ err: error }, 'the new certificate cannot be used, and the old one stays'),
      });
      stopWatchingTls = stop;
    },
    stop: async () => {
      stopWatchingTls();
      await watch.stop();
    },
  };

  function warnOfPlain(): void {
    const { host, plainMqttFor } = config;
    if (isThisMachine(host)) return;
    const told = { host, port: ports.mqttPort };
    if (plainMqttFor === 'anyone') {
      log.warn(told, 'MQTT without TLS is open: passwords of devices can be read on the way');
    } else {
      log.warn(
        told,
        'MQTT without TLS listens on this machine only; devices elsewhere need TLS, or VAKA_PLAIN_MQTT_FOR=anyone',
      );
    }
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

const explanations: Readonly<Record<LoginRefusal, string>> = {
  'bad-client-id': 'The client id is none that a device of ours has.',
  'user-name-differs': 'The user name is to be the client id.',
  'no-password': 'Neither a password nor a certificate was sent.',
  'bad-credentials': 'The secret is wrong, holds no longer, or the device is unknown.',
  'certificate-self-signed': 'The certificate vouches for itself; have one issued here.',
  'certificate-unknown-authority':
    'The certificate is not issued by the authority of the device’s municipality.',
  'certificate-not-yet-valid': 'The certificate does not hold yet; see whether our clock is right.',
  'certificate-expired': 'The certificate has expired; have a new one issued.',
  'certificate-wrong-purpose': 'The certificate is not one for a client.',
  'certificate-of-another-device': 'The certificate names another device than the client id.',
  'certificate-not-on-record': 'The authority’s key signed a certificate that we did not issue.',
  'certificate-revoked': 'The certificate is revoked, or its device is out of use.',
  'not-encrypted':
    'Without TLS the password can be read on the way: use TLS, or set VAKA_PLAIN_MQTT_FOR=anyone.',
  'too-many-refusals': 'Too many log-ins have been refused.',
  'verify-failed': 'The database could not be asked; the device is to try again.',
};
