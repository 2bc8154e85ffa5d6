import encodeQr from 'qr';

import type { AccessLog } from '../domain/access-log.ts';
import { AppError } from '../domain/errors.ts';
import type { HubDesk, Hubs } from '../domain/hub-desk.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { HubDetail } from '../protocol/device/hub.ts';
import { writeBridgeConfiguration } from './bridge-configuration.ts';
import { bridgeSteps } from './bridge-step.ts';

export interface HubDeskOptions {
  hubs: Hubs;
  accessLog: AccessLog;
  clock: () => number;
  /** Makes the hub a new secret, beside those that it has until this one is used. */
  renewSecret: (scope: Scope, hubId: string) => Promise<{ secret: string }>;
  /** Where hubs find MQTT; null: nowhere that they can send a password to safely. */
  mqttUrl: () => string | null;
}

/** Bytes in the largest QR code, with the least correction of errors. */
const qrBytesAtMost = 2_953;

/** Which homes have hubs, and what these heard there last, is written down before it is told. */
export function createHubDesk(options: HubDeskOptions): HubDesk {
  const { hubs, accessLog, clock, renewSecret, mqttUrl } = options;

  const disclose = (scope: Scope, subjectId: string | null) =>
    accessLog.write(scope, { action: 'devices', subjectId, at: clock() });

  async function find({ municipalityId }: Scope, id: string): Promise<HubDetail> {
    const hub = await hubs.hub(municipalityId, id);
    if (hub === null) throw new AppError('not-found', 'There is no such hub.');
    return hub;
  }

  return {
    list: async (scope) => {
      requireSight(scope);
      const list = await hubs.list(scope.municipalityId);
      await disclose(scope, null);
      return list;
    },
    hub: async (scope, id) => {
      requireSight(scope);
      const hub = await find(scope, id);
      await disclose(scope, hub.homeId ?? id);
      return hub;
    },
    found: async (scope, homeId) => {
      requireSight(scope);
      const list = await hubs.notPlaced(scope.municipalityId, homeId);
      await disclose(scope, homeId);
      return list;
    },
    configureBridge: async (scope, id, { sources }) => {
      if (permissions[scope.role].equipment !== 'change') {
        throw new AppError('forbidden', 'Technicians and coordinators set up hubs.');
      }
      await find(scope, id);
      const url = mqttUrl();
      if (url === null) {
        throw new AppError(
          'conflict',
          'Hubs cannot send their password safely: give the gateway a certificate for MQTT (VAKA_TLS_CERT_FILE) first.',
        );
      }
      const { protocol, hostname: host, port } = new URL(url);
      const address = { host, port: Number(port), isTls: protocol === 'mqtts:' };
      const write = (secret: string) =>
        writeBridgeConfiguration({ ...address, hubId: id, secret }, sources);
      // Before a secret is made, so that what cannot be written changes nothing.
      if (Buffer.byteLength(write('x'.repeat(secretLength)).compact) > qrBytesAtMost) {
        throw new AppError(
          'invalid',
          'This is too much for one code: choose fewer sources, or shorter base topics.',
        );
      }
      const { secret } = await renewSecret(scope, id);
      const { text, compact } = write(secret);
      return {
        fileName: 'vaka.conf',
        text,
        steps: bridgeSteps(new Set(sources.map(({ dialect }) => dialect))),
        qrSvg: encodeQr(compact, 'svg', { ecc: 'low', border: 4 }),
      };
    },
  };
}

/** 256 bits in base64url. */
const secretLength = 43;

function requireSight({ role }: Scope): void {
  if (role === 'carer') {
    throw new AppError(
      'forbidden',
      'Technicians, coordinators and administrators look after hubs.',
    );
  }
}
