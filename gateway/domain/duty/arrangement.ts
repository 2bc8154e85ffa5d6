import type { Role } from '../../protocol/api.ts';
import type { HoldKind, Matchers } from '../../protocol/duty/hold.ts';
import type { Plan } from '../../protocol/duty/plan.ts';
import type { PolicyInput } from '../../protocol/duty/policy.ts';
import type { UnitInput } from '../../protocol/duty/unit.ts';

export interface UnitFile extends UnitInput {
  id: string;
  municipalityId: string;
}

/** Somebody who can be asked. */
export interface PersonFile {
  id: string;
  municipalityId: string;
  role: Role;
  /** Units a carer works in; `all` of their municipality. */
  units: readonly string[] | 'all';
  /** How many browsers have asked to be pushed to. */
  pushes: number;
}

/** Somebody at work, from checking in until checking out or `until`, whichever comes first. */
export interface Duty {
  id: string;
  municipalityId: string;
  personId: string;
  /** Null: on call for the municipality, as coordinators and technicians are. */
  unitId: string | null;
  from: number;
  until: number;
  /** Who checked them in. */
  byId: string;
}

/** A silence, a pause or test mode, until it ends by itself or by somebody. */
export interface Hold {
  id: string;
  kind: HoldKind;
  municipalityId: string;
  /** Null for a silence. */
  homeId: string | null;
  /** What a silence is about; of a test, the devices that are on trial: null, the whole home. Else null. */
  matchers: Matchers | null;
  from: number;
  until: number;
  reason: string;
  byId: string;
}

export interface MunicipalityFile {
  id: string;
  name: string;
  timeZone: string;
  plan: Plan;
  policies: readonly PolicyInput[];
}

/**
 * All that decides who is asked and when, in all municipalities: the same object until somebody changes something.
 * Duties and holds that have ended by themselves may still be listed; whoever asks gives the time.
 */
export interface Arrangements {
  municipalities: ReadonlyMap<string, MunicipalityFile>;
  units: ReadonlyMap<string, UnitFile>;
  people: ReadonlyMap<string, PersonFile>;
  duties: readonly Duty[];
  holds: readonly Hold[];
  /** Webhook endpoints that are in use, by id. */
  endpoints: ReadonlyMap<string, { id: string; municipalityId: string; name: string }>;
}

export const noArrangements: Arrangements = {
  municipalities: new Map(),
  units: new Map(),
  people: new Map(),
  duties: [],
  holds: [],
  endpoints: new Map(),
};
