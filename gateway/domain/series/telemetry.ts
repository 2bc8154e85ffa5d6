import type { RefusedPage, TelemetryStatus } from '../../protocol/series/series.ts';
import type { Scope } from '../scope.ts';
import type { SinkName } from './sink.ts';

/** How the writing to one sink goes. */
export interface SinkStatus {
  name: SinkName;
  state: 'up-to-date' | 'catching-up' | 'waiting';
  /** Since when the oldest line of the log waits; null: none does. */
  waitingSince: number | null;
  /** Points since the start. */
  written: number;
  refused: number;
  /** Why the last attempt failed, and since when none has succeeded; null: it did not. */
  trouble: { reason: string; since: number } | null;
}

/** A store that history is not written to any more, and of how many homes that have withdrawn consent it holds something. */
export interface LeftBehind {
  name: SinkName;
  homes: number;
}

/** How the writing of history goes, for those who look after the service. */
export interface TelemetryDesk {
  status: (scope: Scope) => Promise<TelemetryStatus>;
  /** Those of the reader's municipality, newest first; without homes, for those who may not know how residents live. */
  refused: (
    scope: Scope,
    query: { cursor?: string | undefined; limit: number },
  ) => Promise<RefusedPage>;
}
