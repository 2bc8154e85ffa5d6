import type { ProvisioningKeyView } from '../protocol/device/identity.ts';

export interface NewProvisioningKey {
  id: string;
  municipalityId: string;
  name: string;
  /** SHA-256 of the key. */
  hash: Buffer;
  profile: string;
  modelId: string | null;
  uses: number;
  expiresAt: number;
  byId: string;
  at: number;
}

/** What a device asks for, and what it gets if it does. */
export interface ProvisioningClaim {
  keyHash: Buffer;
  serial: string;
  /** Of a device that is new. */
  newDevice: (key: { profile: string }) => { id: string; name: string };
  credentialId: string;
  secretHash: Buffer;
  at: number;
}

/** Why a key is of no use. */
export type KeyRefusal = 'unknown' | 'revoked' | 'expired' | 'used-up';

export type ProvisioningOutcome =
  | { result: 'provisioned'; deviceId: string; municipalityId: string; isAgain: boolean }
  | { result: 'refused'; why: KeyRefusal; keyId: string | null }
  /** The serial number is taken, and nobody has said that its device may come again. */
  | { result: 'conflict'; deviceId: string; keyId: string };

/** The keys with which fleets fetch their secrets, and how they do. */
export interface Provisioning {
  /** Newest first. */
  keys: (municipalityId: string) => Promise<readonly ProvisioningKeyView[]>;
  addKey: (key: NewProvisioningKey) => Promise<ProvisioningKeyView>;
  /** False: the municipality has no such key. One that is revoked already stays so. */
  revokeKey: (municipalityId: string, id: string, at: number) => Promise<boolean>;
  /**
   * Makes the device, in no home, or gives one that may come again a new secret in place of all that it had. However
   * many ask at once, a key serves no more devices than it has uses, and a serial number one.
   */
  provision: (claim: ProvisioningClaim) => Promise<ProvisioningOutcome>;
  /** The device may come again once, until then. */
  allowAgain: (deviceId: string, until: number) => Promise<void>;
}
