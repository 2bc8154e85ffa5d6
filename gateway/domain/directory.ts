import type { DeviceProfile } from '../protocol/device/device-profile.ts';
import type { Consent } from './consent.ts';
import type { HomeContext } from './home/home-context.ts';

/** Where a device was placed, and when. */
export interface Binding {
  homeId: string;
  placement: string;
  from: number;
  until: number | null;
}

export interface DeviceFile {
  id: string;
  municipalityId: string;
  name: string;
  profile: string;
  /** What is known of it beyond its profile: a shipped model, or what its hub describes. */
  model: DeviceProfile | null;
  /** The hub that speaks for it, and its address there; null for one that speaks for itself. */
  behind: { hubId: string; address: string } | null;
  /** Newest first. */
  bindings: readonly Binding[];
}

/** Something by which a device may prove who it is, now or until `expiresAt`. */
export interface Credential {
  id: string;
  kind: 'secret' | 'certificate';
  /** SHA-256 of the secret, or of the certificate in DER. */
  hash: Buffer;
  createdAt: number;
  expiresAt: number | null;
}

export interface HomeFile {
  context: HomeContext;
  label: string;
  residents: readonly { id: string; name: string }[];
  consents: readonly Consent[];
}

/** Names by id, of each kind. */
export interface Names {
  units: ReadonlyMap<string, string>;
  municipalities: ReadonlyMap<string, string>;
  endpoints: ReadonlyMap<string, string>;
}

/**
 * What the gateway itself must know of devices and homes to do its work; not for showing to people.
 * Answers are as of now, also when another process has changed them.
 */
export interface Directory {
  devices: (ids: readonly string[]) => Promise<ReadonlyMap<string, DeviceFile>>;
  homes: (ids: readonly string[]) => Promise<ReadonlyMap<string, HomeFile>>;
  /** Names of users, by id. */
  people: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Names of the units, municipalities and webhook endpoints that have these ids, which they may share. */
  names: (ids: readonly string[]) => Promise<Names>;
  /** What is not revoked, newest first; none for a device that is unknown, blocked or decommissioned. */
  credentials: (deviceId: string) => Promise<readonly Credential[]>;
  /** The devices that these hubs speak for and that are in use: their ids by address, by hub. */
  behind: (hubIds: readonly string[]) => Promise<ReadonlyMap<string, ReadonlyMap<string, string>>>;
}
