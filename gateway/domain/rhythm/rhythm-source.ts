import type { HomeHistory, Span } from '../history.ts';
import type { LogEntry } from '../ledger.ts';

/** When something happened in a home, as far as a stretch of the log tells. */
export interface Touched extends Span {
  homeId: string;
}

/** A home, and when people had paused it. */
export interface PausedHome extends HomeHistory {
  /** From when until when, or until when it is to last; why is told to nobody here. */
  pauses: readonly Span[];
}

/** What homes' days are worked out from. It is asked by the gateway itself and by nobody who is to be told. */
export interface RhythmSource {
  /** Of up to `limit` lines of the log after the cursor, where and when they say something of how somebody lives. */
  touched: (
    after: number,
    limit: number,
  ) => Promise<{ touched: readonly Touched[]; cursor: number; isMore: boolean }>;
  /** These homes, or all there are. */
  homes: (ids: readonly string[] | null) => Promise<readonly PausedHome[]>;
  /** What somebody may be seen by in a home, by event time, whenever it was told. */
  signs: (home: HomeHistory, span: Span) => Promise<readonly LogEntry[]>;
  /** That a home could not be heard, by when that was noted. */
  aways: (home: HomeHistory, span: Span) => Promise<readonly LogEntry[]>;
  /** Null: nothing has ever happened there. */
  firstEventAt: (homeId: string) => Promise<number | null>;
}

/** What each home was when its days were last looked through: what people change there is no event. */
export interface HomeBases {
  all: () => Promise<ReadonlyMap<string, string>>;
  save: (homeId: string, basis: string) => Promise<void>;
  forget: (homeId: string) => Promise<void>;
}
