import type { Role } from '../protocol/api.ts';
import type { UnitInput } from '../protocol/duty/unit.ts';
import type { ResidentFlag } from '../protocol/resident-flag.ts';
import type { Purpose } from './consent.ts';

export interface NewUser {
  id: string;
  municipalityId: string;
  email: string;
  name: string;
  role: Role;
  /** Empty: all units of the municipality, also those added later. */
  units: readonly string[];
  passwordHash: string | null;
}

export interface NewHome {
  id: string;
  municipalityId: string;
  unitId: string;
  label: string;
  timeZone: string;
  residents: readonly {
    id: string;
    name: string;
    cohabitant: boolean;
    /** None, if left out. */
    flags?: readonly ResidentFlag[];
  }[];
  /** What everybody who lives there has consented to from `at` on. */
  consents: readonly Purpose[];
  at: number;
}

export interface NewDevice {
  id: string;
  homeId: string;
  name: string;
  profile: string;
  placement: string;
  secretHash: Buffer;
  at: number;
}

/**
 * How municipalities, homes, devices and people come into being.
 * A thing that exists already is AppError `conflict`; one that is referred to and does not exist is `not-found`.
 */
export interface Registry {
  /** It starts with the standard rules, as version 1 of each. */
  addMunicipality: (municipality: {
    id: string;
    name: string;
    timeZone: string;
    at: number;
  }) => Promise<void>;
  addUnit: (unit: {
    id: string;
    municipalityId: string;
    name: string;
    /** `always`, if left out: all its carers count as on duty. */
    duty?: UnitInput['duty'];
    at: number;
  }) => Promise<void>;
  addHome: (home: NewHome) => Promise<void>;
  /** Places it in its home from `at` on, and wakes the home so that its silence is waited for. */
  addDevice: (device: NewDevice) => Promise<void>;
  addUser: (user: NewUser & { at: number }) => Promise<void>;
  municipality: (id: string) => Promise<{ id: string; name: string; timeZone: string } | null>;
}
