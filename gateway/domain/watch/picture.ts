import type { Roster } from '../../protocol/duty/roster.ts';
import type { Arrangements } from '../duty/arrangement.ts';
import type { Outbox } from '../notification/notification.ts';
import type { Scope } from '../scope.ts';
import type { SinkStatus } from '../series/telemetry.ts';
import type { Condition, WatchId } from './condition.ts';
import type { RaisedInUnit, WatchedHome } from './sight.ts';

/** The service as it is at an instant, as far as it can see itself. */
export interface Picture {
  at: number;
  /** When this process began to run. */
  startedAt: number;
  arrangements: Arrangements;
  homes: readonly WatchedHome[];
  rosters: ReadonlyMap<string, Roster>;
  /** What each connected screen may see. */
  screens: readonly Scope[];
  /** How the channels have done for `channelMemoryMs`. */
  outbox: Awaited<ReturnType<Outbox['state']>>;
  /** The longest time between the ends of two sweeps since the picture before. */
  sweepGapMs: number;
  /** Null where it cannot be told. */
  disk: { freeBytes: number; totalBytes: number } | null;
  /** How far the wall clock has gone ahead of one that nobody sets, since the start. */
  clockAheadMs: number;
  unusableRules: readonly { municipalityId: string; ruleId: string; homeId: string | null }[];
  raised: readonly RaisedInUnit[];
  /** The broker of the municipality's own that we fetch from, and when it last had forgotten us; null: there is none. */
  externalBroker: { isConnected: boolean; since: number; forgotAt: number | null } | null;
  /** Since when the oldest line of the log waits to be written to each sink, and how long it may. */
  history: { sinks: readonly Pick<SinkStatus, 'name' | 'waitingSince'>[]; lagMs: number };
}

/** What one watchdog finds. Null: it cannot tell yet, and what it said before the start stands. */
export type Findings = readonly Condition[] | null;

/** Looks at one thing, and may remember what it saw. */
export interface Watchdog {
  ids: readonly WatchId[];
  look: (picture: Picture) => Findings;
}
