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
  /** Newest first. */
  bindings: readonly Binding[];
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
  /** SHA-256 of a device's secret; null for a device that is unknown or blocked. */
  credential: (deviceId: string) => Promise<Buffer | null>;
}
