import type { DeviceProfile } from '../protocol/device/device-profile.ts';
import type { Installations, TraceOf } from './installation/installation.ts';

/** A device as it stands in the register, in use or no longer. */
export interface Equipped {
  id: string;
  municipalityId: string;
  name: string;
  profile: string;
  model: DeviceProfile | null;
  /** The hub that speaks for it, and its address there. */
  behind: { hubId: string; address: string } | null;
  serial: string | null;
  /** Where it is now; null: nowhere. */
  place: { homeId: string; placement: string; since: number } | null;
  decommissionedAt: number | null;
}

/** A device that is nowhere yet. */
export interface NewEquipment {
  id: string;
  municipalityId: string;
  name: string;
  profile: string;
  /** A shipped model by its id, and what a hub has described; either may be null. */
  modelId: string | null;
  model: DeviceProfile | null;
  behind: { hubId: string; address: string } | null;
  serial: string | null;
  /** SHA-256 of its secret; null: it proves itself in another way, or its hub does. */
  secretHash: Buffer | null;
  at: number;
}

/** What a hub has found at an address. */
export interface FoundEquipment {
  hubId: string;
  municipalityId: string;
  address: string;
  label: string;
  profile: DeviceProfile | null;
}

/** How a device may be asked for; any of them may fit. */
export interface EquipmentWish {
  ids: readonly string[];
  serials: readonly string[];
  addresses: readonly string[];
}

/** What is known of equipment, as of now. */
export interface EquipmentRegister {
  device: (id: string) => Promise<Equipped | null>;
  /** Devices in use that a hub speaks for. */
  behind: (hubId: string) => Promise<readonly Equipped[]>;
  /** Devices that have one of these ids, or are in use with one of these serials or addresses. */
  search: (municipalityId: string, wish: EquipmentWish) => Promise<readonly Equipped[]>;
  /** What hubs in use have found at one of these addresses, and that has not left. */
  found: (
    municipalityId: string,
    addresses: readonly string[],
  ) => Promise<readonly FoundEquipment[]>;
}

/** Devices, installations and what became of them, for whoever works with them. */
export interface EquipmentSight extends EquipmentRegister, Pick<Installations, 'installations'> {
  trace: TraceOf;
}

/**
 * Changes of equipment as part of a transaction. A device that does not exist is AppError `not-found`, and one that is
 * in the way, or out of use, is `conflict`.
 */
export interface EquipmentLedger extends EquipmentRegister, Installations {
  add: (device: NewEquipment) => Promise<void>;
  /** Puts it in a home from `at` on, no longer where it was before; both homes are looked at anew. */
  place: (
    placed: { deviceId: string; homeId: string; placement: string; name: string },
    at: number,
  ) => Promise<void>;
  /** It is nowhere from `at` on. */
  unplace: (deviceId: string, at: number) => Promise<void>;
  /** The next thing it tells after `at` raises a test alarm; null: it does not. */
  arm: (deviceId: string, at: number | null) => Promise<void>;
  /** It takes the place of another, and speaks for those that the other spoke for. */
  replace: (deviceId: string, oldId: string) => Promise<void>;
  /**
   * Takes it out of use for good: it is nowhere, may sign in no more, and its serial and address are free. What it told
   * stays where it told it. Refused while it speaks for others that are in use.
   */
  decommission: (deviceId: string, why: string, at: number) => Promise<void>;
}
