import { pointsOf } from '../domain/series/points-of.ts';
import { beginning, type Cursor, type Progress } from '../domain/series/progress.ts';
import type { TelemetrySink } from '../domain/series/sink.ts';
import type { TelemetrySource } from '../domain/series/source.ts';

/** Lines of each log that are in memory at a time. */
const pageLines = 5_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

export interface PumpOptions {
  sink: TelemetrySink;
  source: TelemetrySource;
  progress: Progress;
  clock: () => number;
  /** In [0, 1). */
  dice: () => number;
  lines?: number;
}

/** What became of one turn. */
export type Turn =
  | { kind: 'moved'; written: number; refused: number; isMore: boolean }
  | { kind: 'idle' }
  /** To be tried again after `afterMs`. */
  | { kind: 'later'; reason: string; afterMs: number };

/** Somebody has put the cursor elsewhere meanwhile; what was written is written again from there. */
const overtaken: Turn = { kind: 'moved', written: 0, refused: 0, isMore: true };

export interface Pump {
  /** Writes the next page of the logs. Rejects only where our own files cannot be read or written. */
  turn: () => Promise<Turn>;
  /** Removes homes that do not consent any more; answers why one could not be removed, or null. */
  erase: () => Promise<string | null>;
  /** Since when the oldest line waits; null: none does. */
  waitingSince: () => Promise<number | null>;
}

/**
 * Carries the logs to one sink, from where it has come. Nothing is kept but the page in hand: the cursor moves when the
 * sink has it, so that an outage, or our own end, costs a repetition and never a point.
 */
export function createPump(options: PumpOptions): Pump {
  const { sink, source, progress, clock, dice, lines = pageLines } = options;
  /** Of which homes it is known that the sink may hold something. */
  const noted = new Set<string>();
  let failures = 0;

  async function position(): Promise<Cursor> {
    const cursor = await progress.cursor(sink.name);
    const end = await source.end();
    const isAhead =
      cursor.event > end.event || cursor.alertEvent > end.alertEvent || cursor.sample > end.sample;
    if (!isAhead) return cursor;
    // The logs are older than what was written of them: somebody has restored a copy.
    await sink.prepareBackfill(0);
    await progress.rewind(sink.name, beginning);
    return beginning;
  }

  async function turn(): Promise<Turn> {
    const from = await position();
    // Whoever writes from the beginning may have lost, with the file, of which homes the sink holds something.
    const isFirst = isSame(from, beginning);
    if (isFirst && !(await note(from, new Set(await source.everFollowed()), 0))) return overtaken;
    const page = await source.read(from, lines);
    if (isSame(from, page.next)) return { kind: 'idle' };
    const points = pointsOf(page);
    const homes = points.flatMap(({ tags: { home } }) => home ?? []).filter((id) => !noted.has(id));
    // Before they are written, so that what is written can always be found and erased.
    if (homes.length > 0 && !(await note(from, new Set(homes)))) return overtaken;
    const writing =
      points.length === 0 ? ({ kind: 'written', refused: [] } as const) : await sink.write(points);
    if (writing.kind === 'later') {
      const { reason, afterMs } = writing;
      return { kind: 'later', reason, afterMs: Math.max(afterMs ?? 0, nextPauseMs()) };
    }
    failures = 0;
    const { refused } = writing;
    const step = { from, to: page.next, refused, homes: new Set<string>(), at: clock() };
    if (!(await progress.advance(sink.name, step))) return overtaken;
    return {
      kind: 'moved',
      written: points.length - refused.length,
      refused: refused.length,
      isMore: page.isMore,
    };
  }

  async function note(cursor: Cursor, homes: ReadonlySet<string>, at = clock()): Promise<boolean> {
    const step = { from: cursor, to: cursor, refused: [], homes, at };
    if (!(await progress.advance(sink.name, step))) return false;
    for (const id of homes) noted.add(id);
    return true;
  }

  /** What has come since a time is written again. */
  async function goBackTo(at: number): Promise<void> {
    const [now, then] = [await progress.cursor(sink.name), await source.cursorAt(at)];
    await progress.rewind(sink.name, {
      event: Math.min(now.event, then.event),
      alertEvent: Math.min(now.alertEvent, then.alertEvent),
      sample: Math.min(now.sample, then.sample),
    });
  }

  /** Doubles with each failure up to a minute, spread so that several do not come back at once. */
  function nextPauseMs(): number {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
    failures = Math.min(failures + 1, 10);
    return pauseMs * (0.5 + dice() / 2);
  }

  return {
    turn,
    erase: async () => {
      const written = await progress.homes(sink.name);
      for (const { id, from } of await source.withdrawn(written)) {
        const trouble = await sink.eraseHome(id);
        if (trouble !== null) return trouble;
        // Before it is forgotten, so that it is done again if we end here.
        if (from !== null) await goBackTo(from);
        await progress.forgetHome(sink.name, id);
        noted.delete(id);
      }
      return null;
    },
    waitingSince: async () => source.waitingSince(await progress.cursor(sink.name)),
  };
}

function isSame(a: Cursor, b: Cursor): boolean {
  return a.event === b.event && a.alertEvent === b.alertEvent && a.sample === b.sample;
}
