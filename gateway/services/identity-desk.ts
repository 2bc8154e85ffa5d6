import type { Authority, Credentials, KnownDevice } from '../domain/credentials.ts';
import { AppError } from '../domain/errors.ts';
import type { IdentityDesk } from '../domain/identity-desk.ts';
import type { Provisioning } from '../domain/provisioning.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { AuthorityView, ProvisioningKeyInput } from '../protocol/device/identity.ts';
import { shippedProfile } from '../protocol/device/shipped-profile.ts';
import {
  createAuthority,
  createRevocationList,
  issueCertificate,
} from './certificate-authority.ts';
import { hashSecret } from './onboarding.ts';

export interface IdentityDeskOptions {
  credentials: Credentials;
  provisioning: Provisioning;
  clock: () => number;
  newId: () => string;
  random: (bytes: number) => Buffer;
  /** Where devices find MQTT, once it listens. */
  mqttUrl: () => string;
  /** Ends the device's connections; it may come again with what still holds. */
  disconnect: (deviceId: string) => void;
  /** Told of each change; ids only. */
  changed: (change: IdentityChange) => void;
}

export interface IdentityChange {
  municipalityId: string;
  authorId: string;
  change:
    | 'secret-added'
    | 'certificate-issued'
    | 'revoked'
    | 'authority-made'
    | 'key-added'
    | 'key-revoked'
    | 'may-come-again';
  deviceId?: string;
  credentialId?: string;
  keyId?: string;
}

const hourMs = 3_600_000;
/** How long secrets hold that were made before a new one and never used. */
export const overlapMs = 24 * hourMs;
const againMs = hourMs;
const keyLongestMs = 90 * 24 * hourMs;
const secretBytes = 32;

export function createIdentityDesk(options: IdentityDeskOptions): IdentityDesk {
  const { credentials, provisioning, clock, newId, random, mqttUrl } = options;
  const newSecret = () => random(secretBytes).toString('base64url');

  async function find(scope: Scope, id: string): Promise<KnownDevice> {
    requireRight(scope);
    const device = await credentials.device(id);
    if (device === null || device.municipalityId !== scope.municipalityId) {
      throw new AppError('not-found', 'There is no such device.');
    }
    return device;
  }

  async function requireAuthority({ municipalityId }: Scope): Promise<Authority> {
    const authority = await credentials.authority(municipalityId);
    if (authority !== null) return authority;
    throw new AppError(
      'not-found',
      'The municipality has no certificate authority yet: an administrator makes one.',
    );
  }

  async function view(authority: Authority, municipalityId: string): Promise<AuthorityView> {
    const { privateKey: _, ...shown } = authority;
    return { ...shown, revoked: (await credentials.revoked(municipalityId, clock())).length };
  }

  function changed(scope: Scope, change: Omit<IdentityChange, 'municipalityId' | 'authorId'>) {
    const { municipalityId, userId: authorId } = scope;
    options.changed({ ...change, municipalityId, authorId });
  }

  return {
    credentials: async (scope, deviceId) => {
      await find(scope, deviceId);
      return { items: [...(await credentials.list(deviceId))] };
    },
    renewSecret: async (scope, deviceId) => {
      const device = await find(scope, deviceId);
      requireOwnVoice(device);
      const at = clock();
      const [id, secret] = [newId(), newSecret()];
      const hash = hashSecret(secret);
      const { municipalityId } = device;
      const othersUntil = await credentials.addSecret(
        { id, deviceId, municipalityId, hash, at },
        at + overlapMs,
      );
      changed(scope, { change: 'secret-added', deviceId, credentialId: id });
      return { deviceId, secret, othersUntil, mqttUrl: mqttUrl() };
    },
    issueCertificate: async (scope, deviceId, { request }) => {
      const device = await find(scope, deviceId);
      requireOwnVoice(device);
      const authority = await credentials.authority(scope.municipalityId);
      if (authority === null || authority.expiresAt <= clock()) {
        throw new AppError(
          'conflict',
          'The municipality has no certificate authority that is in force: an administrator makes one first.',
        );
      }
      const at = clock();
      const { certificate, key, serial, hash, expiresAt } = await issueCertificate(authority, {
        deviceId,
        request,
        at,
      });
      const id = newId();
      const { municipalityId } = device;
      await credentials.addCertificate({
        id,
        deviceId,
        municipalityId,
        hash,
        at,
        serial,
        expiresAt,
      });
      changed(scope, { change: 'certificate-issued', deviceId, credentialId: id });
      return {
        deviceId,
        serial,
        expiresAt,
        certificate,
        key,
        authority: authority.certificate,
      };
    },
    revoke: async (scope, deviceId, credentialId, reason) => {
      await find(scope, deviceId);
      const revoked = await credentials.revoke(deviceId, credentialId, reason, clock());
      if (revoked === null) throw new AppError('not-found', 'The device has no such credential.');
      options.disconnect(deviceId);
      changed(scope, { change: 'revoked', deviceId, credentialId });
      return revoked;
    },
    authority: async (scope) => {
      requireSight(scope);
      return view(await requireAuthority(scope), scope.municipalityId);
    },
    makeAuthority: async (scope) => {
      const { municipalityId } = scope;
      if (permissions[scope.role].authority !== 'change') {
        throw new AppError('forbidden', 'An administrator makes the certificate authority.');
      }
      const made = await createAuthority(municipalityId, clock());
      if (!(await credentials.addAuthority(municipalityId, made))) {
        throw new AppError('conflict', 'The municipality has a certificate authority already.');
      }
      changed(scope, { change: 'authority-made' });
      return view(made, municipalityId);
    },
    revocations: async (scope) => {
      requireSight(scope);
      const authority = await requireAuthority(scope);
      const at = clock();
      return createRevocationList(
        authority,
        await credentials.revoked(scope.municipalityId, at),
        at,
      );
    },
    keys: async (scope) => {
      requireRight(scope);
      return { items: [...(await provisioning.keys(scope.municipalityId))] };
    },
    addKey: async (scope, input) => {
      requireRight(scope);
      const at = clock();
      requireUsable(input, at);
      const [id, key] = [newId(), newSecret()];
      const added = await provisioning.addKey({
        ...input,
        modelId: input.modelId ?? null,
        id,
        municipalityId: scope.municipalityId,
        hash: hashSecret(key),
        byId: scope.userId,
        at,
      });
      changed(scope, { change: 'key-added', keyId: id });
      return { ...added, key };
    },
    revokeKey: async (scope, id) => {
      requireRight(scope);
      if (!(await provisioning.revokeKey(scope.municipalityId, id, clock()))) {
        throw new AppError('not-found', 'There is no such key.');
      }
      changed(scope, { change: 'key-revoked', keyId: id });
    },
    allowAgain: async (scope, deviceId) => {
      const device = await find(scope, deviceId);
      requireOwnVoice(device);
      if (device.serial === null) {
        throw new AppError(
          'conflict',
          'The device has no serial number to come again with: give it a new secret instead.',
        );
      }
      const until = clock() + againMs;
      await provisioning.allowAgain(deviceId, until);
      changed(scope, { change: 'may-come-again', deviceId });
      return { deviceId, until };
    },
  };
}

function requireRight({ role }: Scope): void {
  if (permissions[role].credentials === 'change') return;
  throw new AppError(
    'forbidden',
    'Technicians, coordinators and administrators look after what devices sign in with.',
  );
}

function requireSight({ role }: Scope): void {
  if (permissions[role].authority !== 'none') return;
  throw new AppError('forbidden', 'Technicians, coordinators and administrators see this.');
}

/** Only what signs in itself, and may, has something to sign in with. */
function requireOwnVoice({ isBehindHub, blockedAt, decommissionedAt }: KnownDevice): void {
  if (decommissionedAt !== null) {
    throw new AppError('conflict', 'The device is out of use for good: add it as a new one.');
  }
  if (blockedAt !== null) throw new AppError('conflict', 'The device is blocked.');
  if (isBehindHub) {
    throw new AppError('conflict', 'A hub speaks for this device: look after the hub instead.');
  }
}

function requireUsable({ profile, modelId, expiresAt }: ProvisioningKeyInput, at: number): void {
  if (expiresAt <= at) throw new AppError('invalid', 'Choose a time that has not passed.');
  if (expiresAt > at + keyLongestMs) {
    throw new AppError('invalid', 'Let the key hold for 90 days at the most.');
  }
  if (modelId === undefined) return;
  const model = shippedProfile(modelId);
  if (model === null) throw new AppError('invalid', `There is no model "${modelId}".`);
  if (model.kind !== profile) {
    throw new AppError('invalid', `"${modelId}" is a ${model.kind}, not a ${profile}.`);
  }
}
