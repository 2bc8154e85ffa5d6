import type { UsageQuery, UsageReport } from '../../protocol/report/costs.ts';
import type { Scope } from '../scope.ts';

/** Somebody who may share the cost of the service. */
export interface CostMember {
  id: string;
  name: string;
  timeZone: string;
  joinedAt: number;
}

/** What a municipality used between two instants. */
export interface Usage {
  /** Milliseconds in which each home had a device in it, added up. */
  homeMs: number;
  /** The same for those who have care in these homes, and for the devices. */
  residentMs: number;
  deviceMs: number;
  /** Raised in the period by its own homes; no tests. */
  alerts: number;
  /** How many homes it is about, however short their time. */
  homes: number;
}

/** What is used of the service, and who have agreed to show each other that. */
export interface UsageStore {
  /** Those who share costs, by name. */
  members: () => Promise<readonly CostMember[]>;
  /** Null: there is none. */
  municipality: (
    municipalityId: string,
  ) => Promise<{ id: string; name: string; timeZone: string } | null>;
  /** False: it had joined already. */
  join: (municipalityId: string, at: number) => Promise<boolean>;
  /** False: it had not joined. */
  leave: (municipalityId: string) => Promise<boolean>;
  /**
   * What a municipality used, for a reader in it or, where both share costs, in another; null for anybody else.
   * From the first instant up to, and without, the second.
   */
  usage: (
    reader: { municipalityId: string },
    municipalityId: string,
    period: { from: number; until: number },
  ) => Promise<Usage | null>;
}

/** What municipalities may know about each other's use of the service. */
export interface CostDesk {
  /** What the reader's municipality used, and those it shares costs with; written down before it is answered. */
  usage: (scope: Scope, query: UsageQuery) => Promise<UsageReport>;
}
