import type { EndpointInput } from '../../protocol/duty/endpoint.ts';
import type { Plan } from '../../protocol/duty/plan.ts';
import type { PolicySet } from '../../protocol/duty/policy.ts';
import type { PushSubscriptionInput } from '../../protocol/duty/push.ts';
import type { Roster } from '../../protocol/duty/roster.ts';
import type { UnitInput } from '../../protocol/duty/unit.ts';
import type { Arrangements, Duty, Hold, UnitFile } from './arrangement.ts';

interface Documents {
  plan: Plan;
  policies: PolicySet;
  roster: Roster;
  unit: UnitInput;
}
export type DocumentKind = keyof Documents;

/** A plan, a set of policies, a unit or its roster, as somebody wrote it; never changed afterwards. */
export interface DocumentVersion<K extends DocumentKind = DocumentKind> {
  municipalityId: string;
  kind: K;
  /** The unit, or that of a roster; empty for what the whole municipality has one of. */
  subjectId: string;
  version: number;
  document: Documents[K];
  authorId: string;
  at: number;
  reason: string;
}

export interface Endpoint extends EndpointInput {
  id: string;
  municipalityId: string;
  /** `whsec_` and base64, as Standard Webhooks has it. */
  secret: string;
  disabledAt: number | null;
  disabledWhy: string | null;
}

export interface PushSubscription extends PushSubscriptionInput {
  municipalityId: string;
  personId: string;
  at: number;
}

/** The key pair by which push services know us (VAPID, RFC 8292), in URL-safe base64. */
export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

/**
 * What people arrange: units, duty, rosters, plans, policies, holds, and where to reach them. Every write that
 * changes them makes the next `Ledger.arrangements` a new object. Reads are of what is committed.
 */
export interface Staffing {
  /** As of now, for showing to people; the ledger has the same within a transaction. */
  arrangements: () => Promise<Arrangements>;
  /** AppError `conflict` for a unit that exists. */
  addUnit: (unit: UnitFile, at: number) => Promise<void>;
  /** AppError `not-found` for a unit, or an endpoint, that is not this municipality's. */
  changeUnit: (unit: UnitFile) => Promise<void>;
  /**
   * The latest, or null where none has been written. What a newer release wrote and this one cannot read is passed over,
   * but its version counts.
   */
  document: <K extends DocumentKind>(
    municipalityId: string,
    kind: K,
    subjectId: string,
  ) => Promise<DocumentVersion<K> | null>;
  /** AppError `conflict` unless its version follows the latest; `not-found` for a unit, or a roster, that is not theirs. */
  addDocument: (version: DocumentVersion) => Promise<void>;
  /** The latest rosters of these units. */
  rosters: (unitIds: readonly string[]) => Promise<ReadonlyMap<string, Roster>>;
  /** Homes of a municipality, for what a plan means: id, label and own unit. */
  homes: (
    municipalityId: string,
  ) => Promise<readonly { id: string; label: string; unitId: string }[]>;
  /** People of a municipality who can be planned or asked. */
  people: (
    municipalityId: string,
  ) => Promise<readonly { id: string; name: string; email: string; role: string }[]>;
  /** Checks in, and ends what the same person has for the same unit. */
  addDuty: (duty: Duty) => Promise<void>;
  /** One that has ended stays as it is. */
  endDuty: (id: string, at: number) => Promise<void>;
  /** A new pause or test mode of a home takes the place of the one before. */
  addHold: (hold: Hold) => Promise<void>;
  /** `byId` null: by itself. One that has ended stays as it is. */
  endHold: (id: string, at: number, byId: string | null) => Promise<void>;
  endpoints: (municipalityId: string) => Promise<readonly Endpoint[]>;
  endpoint: (id: string) => Promise<Endpoint | null>;
  /** Adds it, or changes the one with this id; AppError `conflict` if that is another municipality's. */
  saveEndpoint: (endpoint: Endpoint, at: number) => Promise<void>;
  /** Nothing is sent there until it is saved again. */
  disableEndpoint: (id: string, at: number, why: string) => Promise<void>;
  /** AppError `conflict` while a unit is reached there. */
  removeEndpoint: (id: string) => Promise<void>;
  /** The same browser is never two people's: the latest has it. */
  saveSubscription: (subscription: PushSubscription) => Promise<void>;
  endSubscription: (endpoint: string) => Promise<void>;
  subscriptions: (personId: string) => Promise<readonly PushSubscription[]>;
  /** Those that were kept first, for all processes; `fresh` is kept if none were. */
  vapidKeys: (fresh: () => VapidKeys) => Promise<VapidKeys>;
}
