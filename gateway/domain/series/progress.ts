import type { Refusal, SinkName } from './sink.ts';

/** How far each log has been read: the `seq` of the last line. */
export interface Cursor {
  event: number;
  alertEvent: number;
  sample: number;
}

export const beginning: Cursor = { event: 0, alertEvent: 0, sample: 0 };

export interface StoredRefusal extends Refusal {
  sink: SinkName;
  refusedAt: number;
}

/** A home that a sink holds something of, or may; what was withdrawn before it was noted is not in what it holds. */
export interface WrittenHome {
  id: string;
  notedAt: number;
}

/** How far sinks have come; kept beside the embedded history. */
export interface Progress {
  /** `beginning` for a sink that has never written. */
  cursor: (sink: SinkName) => Promise<Cursor>;
  /**
   * Moves on from `from` and keeps what was refused and of which homes something was written, all at once. False, and
   * nothing is kept, where somebody else has moved the cursor meanwhile.
   */
  advance: (
    sink: SinkName,
    step: {
      from: Cursor;
      to: Cursor;
      refused: readonly Refusal[];
      homes: ReadonlySet<string>;
      at: number;
    },
  ) => Promise<boolean>;
  /** Puts the cursor back, or forth, a line before where it is to be if it is there already: a step under way keeps nothing. */
  rewind: (sink: SinkName, to: Cursor) => Promise<void>;
  /** Of which homes a sink holds something, or may. */
  homes: (sink: SinkName) => Promise<readonly WrittenHome[]>;
  /** Notes it as of another time. */
  noteHome: (sink: SinkName, home: WrittenHome) => Promise<void>;
  /** Forgets what any sink has refused of a home. */
  forgetRefusedOf: (homeId: string) => Promise<void>;
  /** Forgets that the sink holds something of it, and what of it any sink has refused. */
  forgetHome: (sink: SinkName, homeId: string) => Promise<void>;
  /** Forgets all that is noted of a sink, how far it has come too, so that all is written to it if it is written to again. */
  forgetSink: (sink: SinkName) => Promise<void>;
  /** Forgets what was refused so long before that nobody will look at it any more. */
  forgetRefused: (at: number) => Promise<void>;
  /** Newest first; each page begins before `before`, the `id` of the last of the page before. */
  refused: (page: {
    municipalityId: string | null;
    before: number | null;
    limit: number;
  }) => Promise<readonly (StoredRefusal & { id: number })[]>;
  refusedCount: (sink: SinkName) => Promise<number>;
}
