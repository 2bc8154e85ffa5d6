import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Cell, cellsOf, isWordCovered, move } from '../../../dashboard/history/cell.ts';
import { homeDay, timeZone } from './home-day.ts';

const hour = 3_600_000;

function kinds(cells: readonly Cell[]): string[] {
  return cells.map((cell) => {
    if (cell.kind === 'day') return 'day';
    return cell.kind === 'band' ? cell.band.kind : `alert ${cell.alert.id}`;
  });
}

const restless = homeDay('2026-11-18', {
  bands: [
    ['rest', 0, 2],
    ['up', 2, 2.5],
    ['rest', 2.5, 7],
    ['away', 12, 14],
  ],
  alerts: [['door', 2.25]],
});
const calm = homeDay('2026-11-19', {
  bands: [
    ['rest', 0, 7],
    ['away', 11, 13],
  ],
});
const unknown = homeDay('2026-11-20');
const rows = [restless, calm, unknown].map((day) => cellsOf(day, timeZone));

test('a day comes first, then what is in it in the order of time', () => {
  expect(kinds(cellsOf(restless, timeZone))).toEqual([
    'day',
    'rest',
    'up',
    'alert door',
    'rest',
    'away',
  ]);
});

test('the word of a stretch gives way to an alert that would lie over it', () => {
  const cells = cellsOf(restless, timeZone);
  const covered = cells.flatMap((cell) =>
    cell.kind === 'band' && isWordCovered(cells, cell) ? [cell.from * 24] : [],
  );
  expect(covered).toEqual([0, 2]);
  expect(
    cellsOf(calm, timeZone).some((cell) => cell.kind === 'band' && isWordCovered([], cell)),
  ).toBe(false);
});

test('what reaches out of the day ends with it', () => {
  const over = homeDay('2026-11-18', { bands: [['rest', -2, 26]] });
  expect(cellsOf(over, timeZone)[1]).toMatchObject({ from: 0, to: 1 });
});

describe('arrow keys', () => {
  test('lead through a day and stop at its ends', () => {
    expect(move(rows, { row: 0, cell: 0 }, 'ArrowRight', 1)).toEqual({ row: 0, cell: 1 });
    expect(move(rows, { row: 0, cell: 0 }, 'ArrowLeft', 1)).toBeNull();
    expect(move(rows, { row: 0, cell: 5 }, 'ArrowRight', 1)).toBeNull();
    expect(move(rows, { row: 0, cell: 3 }, 'Home', 1)).toEqual({ row: 0, cell: 0 });
    expect(move(rows, { row: 0, cell: 0 }, 'End', 1)).toEqual({ row: 0, cell: 5 });
  });

  test('lead to the same time of another day', () => {
    expect(move(rows, { row: 0, cell: 5 }, 'ArrowDown', 1)).toEqual({ row: 1, cell: 2 });
    expect(move(rows, { row: 1, cell: 1 }, 'ArrowUp', 1)).toEqual({ row: 0, cell: 2 });
  });

  test('lead to the same time by the clock where it is set', () => {
    const alerts = (...hours: readonly number[]) =>
      hours.map((into, index) => [String(index), into] as const);
    // At 06 and 07 of a day of 23 hours, at 06 and 07 of one of 25, and at 06 of one of 24.
    const spring = homeDay('2026-03-29', { alerts: alerts(5, 6) });
    const autumn = homeDay('2026-10-25', { alerts: alerts(7, 8) });
    const even = homeDay('2026-10-26', { alerts: alerts(6) });
    const set = [spring, autumn, even, autumn].map((day) => cellsOf(day, timeZone));
    expect(move(set, { row: 0, cell: 1 }, 'ArrowDown', 1)).toEqual({ row: 1, cell: 1 });
    expect(move(set, { row: 1, cell: 2 }, 'ArrowUp', 1)).toEqual({ row: 0, cell: 2 });
    expect(move(set, { row: 2, cell: 1 }, 'ArrowDown', 1)).toEqual({ row: 3, cell: 1 });
    // A night until 07 is as far into any of them.
    const night = (day: string, until: number) =>
      cellsOf(homeDay(day, { bands: [['rest', -2, until]] }), timeZone)[1];
    for (const cell of [night('2026-03-29', 6), night('2026-10-25', 8), night('2026-10-26', 7)]) {
      expect(cell).toMatchObject({ from: 0, clock: 210 });
    }
    const evening = cellsOf(homeDay('2026-10-25', { bands: [['rest', 23, 30]] }), timeZone)[1];
    expect(evening).toMatchObject({ to: 1, clock: 23 * 60 });
  });

  test('lead from day to day, and to the day itself where nothing is in it', () => {
    expect(move(rows, { row: 0, cell: 0 }, 'ArrowDown', 1)).toEqual({ row: 1, cell: 0 });
    expect(move(rows, { row: 1, cell: 2 }, 'ArrowDown', 1)).toEqual({ row: 2, cell: 0 });
    expect(move(rows, { row: 2, cell: 0 }, 'ArrowDown', 1)).toBeNull();
  });

  test('keep to their week where two stand day by day', () => {
    expect(move(rows, { row: 0, cell: 0 }, 'ArrowDown', 2)).toEqual({ row: 2, cell: 0 });
    expect(move(rows, { row: 1, cell: 0 }, 'ArrowDown', 2)).toBeNull();
  });

  test('leave other keys to others', () => {
    expect(move(rows, { row: 0, cell: 0 }, 'Enter', 1)).toBeNull();
    expect(move(rows, { row: 0, cell: 0 }, 'toString', 1)).toBeNull();
  });

  test('never lead to where nothing is', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End');
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 30 }), (pressed) => {
        let place = { row: 0, cell: 0 };
        for (const key of pressed) {
          place = move(rows, place, key, 1) ?? place;
          expect(rows[place.row]?.[place.cell]).toBeDefined();
        }
      }),
    );
  });
});

test('a stretch has its place as a share of its own day, 25 hours long too', () => {
  const long = homeDay('2026-10-25', { bands: [['rest', 0, 12.5]] });
  expect((long.to - long.from) / hour).toBe(25);
  expect(cellsOf(long, timeZone)[1]).toMatchObject({ from: 0, to: 0.5 });
});
