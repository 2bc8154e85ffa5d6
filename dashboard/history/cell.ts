import type { AlertMark, Band, HomeDay } from '../../gateway/protocol/history/home-day.ts';
import { wallOf } from '../clock/zoned.ts';

interface Stretch {
  /** Shares of the day from 0 to 1. */
  from: number;
  to: number;
  /** Midway between what the wall clock shows at its ends, in minutes after midnight. */
  clock: number;
}

/** What one stands at in a row of the week: the day itself, a stretch of it or an alert. */
export type Cell =
  | { kind: 'day' }
  | ({ kind: 'band'; band: Band } & Stretch)
  | ({ kind: 'alert'; alert: AlertMark } & Stretch);

/** The day first, then what is in it in the order of time. */
export function cellsOf(day: HomeDay, timeZone: string): Cell[] {
  const minutesOf = (at: number) => {
    if (at === day.to) return 24 * 60;
    const [hour = 0, minute = 0] = wallOf(at, timeZone).time.split(':').map(Number);
    return hour * 60 + minute;
  };
  const within = (at: number) => Math.min(day.to, Math.max(day.from, at));
  const share = (at: number) => (within(at) - day.from) / (day.to - day.from);
  const stretch = (from: number, to: number): Stretch => ({
    from: share(from),
    to: share(to),
    clock: (minutesOf(within(from)) + minutesOf(within(to))) / 2,
  });
  const cells: (Cell & Stretch)[] = [
    ...day.bands.map((band) => ({
      kind: 'band' as const,
      band,
      ...stretch(band.from, band.to),
    })),
    ...day.alerts.map((alert) => ({
      kind: 'alert' as const,
      alert,
      ...stretch(alert.at, alert.at),
    })),
  ];
  return [{ kind: 'day' }, ...cells.toSorted((a, b) => a.from - b.from)];
}

/** How far into a band its word reaches, and the mark of an alert beside it, at most. */
const wordShare = 0.12;

/** Whether the mark of an alert lies over the word at the beginning of a band. */
export function isWordCovered(cells: readonly Cell[], { from }: { from: number }): boolean {
  return cells.some(
    (cell) => cell.kind === 'alert' && cell.from >= from && cell.from < from + wordShare,
  );
}

export interface Place {
  row: number;
  cell: number;
}

function clockOf(cell: Cell | undefined): number | null {
  return cell === undefined || cell.kind === 'day' ? null : cell.clock;
}

/** The cell of a row that is nearest by the clock; the day itself where there is none. */
function beside(cells: readonly Cell[], clock: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  cells.forEach((cell, index) => {
    const at = clockOf(cell);
    if (at === null || Math.abs(at - clock) >= least) return;
    best = index;
    least = Math.abs(at - clock);
  });
  return best;
}

/**
 * Where an arrow key leads in rows of cells; null: nowhere else, or the key is none of ours. Up and down lead to the
 * same time of another day by its clock, `stride` rows away where weeks stand pair by pair.
 */
export function move(
  rows: readonly (readonly Cell[])[],
  { row, cell }: Place,
  key: string,
  stride: number,
): Place | null {
  const cells = rows[row] ?? [];
  const last = cells.length - 1;
  const within: Record<string, number> = {
    ArrowRight: Math.min(last, cell + 1),
    ArrowLeft: Math.max(0, cell - 1),
    Home: 0,
    End: last,
  };
  const sideways = Object.hasOwn(within, key) ? within[key] : undefined;
  if (sideways !== undefined) return sideways === cell ? null : { row, cell: sideways };
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const next = row + (key === 'ArrowUp' ? -stride : stride);
  const others = rows[next];
  if (others === undefined) return null;
  const at = clockOf(cells[cell]);
  return { row: next, cell: at === null ? 0 : beside(others, at) };
}
