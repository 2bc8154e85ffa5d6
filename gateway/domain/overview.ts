import type { AlertDetail } from '../protocol/alert.ts';
import type { AlertPage, AlertQuery, DevicePage, HomeDetail, HomePage } from '../protocol/api.ts';
import type { AlertChange, Status } from '../protocol/stream.ts';
import type { Scope } from './scope.ts';

export interface PageQuery {
  cursor?: string | undefined;
  limit: number;
}

/**
 * What people may read. Every method sees only what the scope allows; the rest does not exist for it.
 * Each disclosure of personal data is to be written to the access log first.
 */
export interface Overview {
  alerts: (scope: Scope, query: AlertQuery, at: number) => Promise<AlertPage>;
  alert: (scope: Scope, id: string, at: number) => Promise<AlertDetail | null>;
  /**
   * All changes after `cursor` in order, deliveries left out, and the alerts that since then have ceased to be the
   * reader's to see; null when there are more than `limit`.
   */
  changesAfter: (
    scope: Scope,
    cursor: number,
    limit: number,
    at: number,
  ) => Promise<{ changes: readonly AlertChange[]; gone: readonly string[] } | null>;
  /** Other municipalities that the reader's units serve. */
  served: (scope: Scope) => Promise<readonly string[]>;
  /** The position of the latest change of all. */
  lastSeq: () => Promise<number>;
  homes: (scope: Scope, page: PageQuery, at: number) => Promise<HomePage>;
  home: (scope: Scope, id: string, at: number) => Promise<HomeDetail | null>;
  devices: (scope: Scope, page: PageQuery) => Promise<DevicePage>;
  status: (scope: Scope, at: number) => Promise<Status>;
}
