import type { AlertMark, Band, HomeDay } from '../../gateway/protocol/history/home-day.ts';

/** What one stands at in a row of the week: the day itself, a stretch of it or an alert. */
export type Cell =
  | { kind: 'day' }
  | { kind: 'band'; band: Band; from: number; to: number }
  | { kind: 'alert'; alert: AlertMark; from: number; to: number };

/** The day first, then what is in it in the order of time; places are shares of the day from 0 to 1. */
export function cellsOf(day: HomeDay): Cell[] {
  const share = (at: number) => Math.min(1, Math.max(0, (at - day.from) / (day.to - day.from)));
  const within: (Cell & { from: number })[] = [
    ...day.bands.map((band) => ({
      kind: 'band' as const,
      band,
      from: share(band.from),
      to: share(band.to),
    })),
    ...day.alerts.map((alert) => ({
      kind: 'alert' as const,
      alert,
      from: share(alert.at),
      to: share(alert.at),
    })),
  ];
  return [{ kind: 'day' }, ...within.toSorted((a, b) => a.from - b.from)];
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

function middle(cell: Cell | undefined): number | null {
  return cell === undefined || cell.kind === 'day' ? null : (cell.from + cell.to) / 2;
}

/** The cell of a row that is nearest in the time of day; the day itself where there is none. */
function beside(cells: readonly Cell[], share: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  cells.forEach((cell, index) => {
    const at = middle(cell);
    if (at === null || Math.abs(at - share) >= least) return;
    best = index;
    least = Math.abs(at - share);
  });
  return best;
}

/**
 * Where an arrow key leads in rows of cells; null: nowhere else, or the key is none of ours. Up and down lead to the
 * same time of another day, `stride` rows away where weeks stand pair by pair.
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
  const at = middle(cells[cell]);
  return { row: next, cell: at === null ? 0 : beside(others, at) };
}
