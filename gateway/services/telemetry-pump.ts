import type { Point } from '../domain/series/point.ts';
import { pointsOf } from '../domain/series/points-of.ts';
import { beginning, type Cursor, type Progress } from '../domain/series/progress.ts';
import { retentions } from '../domain/series/retention.ts';
import type { TelemetrySink, Writing } from '../domain/series/sink.ts';
import type { TelemetrySource, Withdrawal } from '../domain/series/source.ts';

/** Lines of each log that are in memory at a time. */
const pageLines = 5_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
const hourMs = 3_600_000;
const nothing: Writing = { kind: 'written', refused: [] };

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

/** A home that has been erased and is written again, in the order of event time. */
interface Anew {
  /** What was withdrawn until then is not in it. */
  partlyAt: number;
  /** How far it has come. */
  from: number;
  /** The last line of the log that is its own to write: what is after that is written as ever. */
  to: Cursor['event'];
}

/** Somebody has put the cursor elsewhere meanwhile; what was written is written again from there. */
const overtaken: Turn = { kind: 'moved', written: 0, refused: 0, isMore: true };

export interface Pump {
  /**
   * Writes the next page of the logs, and one of a home that was erased. Rejects only where our own files cannot be read or
   * written.
   */
  turn: () => Promise<Turn>;
  /** Writes the next page of a home that was erased, of what of it may still be followed. */
  turnAnew: () => Promise<Turn>;
  /**
   * Removes homes where something that was consented to is withdrawn; answers why one could not be removed, or null. What
   * may still be followed of them is written again in the turns that come.
   */
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
  /** Lost when we end: they are erased and begun again, for they are still noted as they were. */
  const anew = new Map<string, Anew>();
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
    const on = await turnOn();
    return on.kind === 'later' ? on : together(on, await turnAnew());
  }

  async function turnOn(): Promise<Turn> {
    // As of before the logs are read: what is withdrawn from then on may be in what is written.
    const at = clock();
    const from = await position();
    // Whoever writes from the beginning may have lost, with the file, of which homes the sink holds something.
    const isFirst = isSame(from, beginning);
    if (isFirst && !(await note(from, new Set(await source.everFollowed()), 0))) return overtaken;
    const page = await source.read(from, lines);
    if (isSame(from, page.next)) return { kind: 'idle' };
    const points = pointsOf(page);
    const homes = points.flatMap(({ tags: { home } }) => home ?? []).filter((id) => !noted.has(id));
    // Before they are written, so that what is written can always be found and erased.
    if (homes.length > 0 && !(await note(from, new Set(homes), at))) return overtaken;
    const writing = await write(points);
    if (writing.kind === 'later') return later(writing);
    const { refused } = writing;
    const step = { from, to: page.next, refused, homes: new Set<string>(), at: clock() };
    if (!(await progress.advance(sink.name, step))) return overtaken;
    return moved(points, refused, page.isMore);
  }

  async function turnAnew(): Promise<Turn> {
    const [first] = anew;
    if (first === undefined) return { kind: 'idle' };
    const [id, home] = first;
    const page = await source.readHome(id, home, lines);
    // What its equipment told is not erased with it.
    const points = pointsOf({ ...page, alerts: [], samples: [] }).filter(
      ({ tags }) => tags.home === id,
    );
    const writing = await write(points, true);
    if (writing.kind === 'later') return later(writing);
    const { refused } = writing;
    if (refused.length > 0) {
      const here = await progress.cursor(sink.name);
      const step = { from: here, to: here, refused, homes: new Set<string>(), at: clock() };
      if (!(await progress.advance(sink.name, step))) return overtaken;
    }
    if (page.next === null) {
      // Not as of now: what was withdrawn meanwhile may be in what was written.
      await progress.noteHome(sink.name, { id, notedAt: home.partlyAt + 1 });
      anew.delete(id);
    } else {
      anew.set(id, { ...home, from: page.next });
    }
    return moved(points, refused, anew.size > 0);
  }

  async function write(points: readonly Point[], isAnew = false): Promise<Writing> {
    const writing = points.length === 0 ? nothing : await sink.write(points, isAnew);
    if (writing.kind === 'written') failures = 0;
    return writing;
  }

  function later({ reason, afterMs }: Extract<Writing, { kind: 'later' }>): Turn {
    return { kind: 'later', reason, afterMs: Math.max(afterMs ?? 0, nextPauseMs()) };
  }

  async function note(cursor: Cursor, homes: ReadonlySet<string>, at: number): Promise<boolean> {
    const step = { from: cursor, to: cursor, refused: [], homes, at };
    if (!(await progress.advance(sink.name, step))) return false;
    for (const id of homes) noted.add(id);
    return true;
  }

  async function eraseOne({ id, partlyAt }: Withdrawal): Promise<string | null> {
    if (partlyAt !== null && anew.get(id)?.partlyAt === partlyAt) return null;
    anew.delete(id);
    const trouble = await sink.eraseHome(id);
    if (trouble !== null) return trouble;
    if (partlyAt === null) {
      await progress.forgetHome(sink.name, id);
      noted.delete(id);
      return null;
    }
    await progress.forgetRefusedOf(id);
    const { event: to } = await progress.cursor(sink.name);
    const oldest = clock() - retentions.life.day * 24 * hourMs;
    anew.set(id, { partlyAt, from: Math.floor(oldest / hourMs) * hourMs, to });
    return null;
  }

  /** Doubles with each failure up to a minute, spread so that several do not come back at once. */
  function nextPauseMs(): number {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
    failures = Math.min(failures + 1, 10);
    return pauseMs * (0.5 + dice() / 2);
  }

  return {
    turn,
    turnAnew,
    erase: async () => {
      for (const one of await source.withdrawn(await progress.homes(sink.name))) {
        const trouble = await eraseOne(one);
        if (trouble !== null) return trouble;
      }
      return null;
    },
    waitingSince: async () => source.waitingSince(await progress.cursor(sink.name)),
  };
}

function moved(points: readonly Point[], { length }: readonly unknown[], isMore: boolean): Turn {
  return { kind: 'moved', written: points.length - length, refused: length, isMore };
}

function together(one: Turn, other: Turn): Turn {
  if (one.kind !== 'moved' || other.kind === 'later') return other;
  if (other.kind !== 'moved') return one;
  const { written, refused, isMore } = other;
  return {
    kind: 'moved',
    written: one.written + written,
    refused: one.refused + refused,
    isMore: one.isMore || isMore,
  };
}

function isSame(a: Cursor, b: Cursor): boolean {
  return a.event === b.event && a.alertEvent === b.alertEvent && a.sample === b.sample;
}
