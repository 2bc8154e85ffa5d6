import type { Role } from '../protocol/api.ts';
import type { UnitInput } from '../protocol/duty/unit.ts';
import type { ResidentFlag } from '../protocol/resident-flag.ts';
import type { Consent, Purpose } from './consent.ts';

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

/** Who lives in a home, those it is for first, and all they have agreed to, also what has ended. */
export interface HomeAgreement {
  municipalityId: string;
  residents: readonly { id: string; name: string; cohabitant: boolean }[];
  consents: readonly Consent[];
}

/** What some of those who live in a home agree to, or do no longer, from `at` on. */
export interface ConsentChange {
  homeId: string;
  municipalityId: string;
  residentIds: readonly string[];
  purposes: readonly Purpose[];
  at: number;
  /** When it was entered: from then on it is judged anew what is expected in the home. */
  now: number;
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
  /** Null for a home that is not there. */
  agreement: (homeId: string) => Promise<HomeAgreement | null>;
  /** What stands already stays, or begins earlier if it is given from an earlier time. */
  giveConsent: (change: ConsentChange) => Promise<void>;
  /** What does not stand stays as it was. */
  withdrawConsent: (change: ConsentChange) => Promise<void>;
  /** The ids of some homes, in order, for whoever has mistaken one. */
  someHomes: (limit: number) => Promise<readonly string[]>;
  municipality: (id: string) => Promise<{ id: string; name: string; timeZone: string } | null>;
}
