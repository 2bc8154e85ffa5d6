import type { Language, Text } from '../protocol/text.ts';

/** A cell of a file for a spreadsheet; null is an empty one. */
export type Cell = string | number | null;

/** A column of a file: what stands at its head, and what of each row. */
export interface Column<Row> {
  head: Text;
  cell: (row: Row) => Cell;
}

/** Without it a spreadsheet takes the file for Windows-1252. */
export const byteOrderMark = '\uFEFF';

/**
 * A line by RFC 4180 with semicolons, and decimals as the language has them: a spreadsheet takes others for text. Text that
 * would be taken for a formula is made text.
 */
export function csvLineOf(cells: readonly Cell[], language: Language): string {
  return `${cells.map((cell) => textOf(cell, language)).join(';')}\r\n`;
}

/** A file for a spreadsheet: its heads, and a line for each row. */
export function csvOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  language: Language,
): string {
  const heads = columns.map(({ head }) => head[language]);
  const lines = rows.map((row) => columns.map(({ cell }) => cell(row)));
  return byteOrderMark + [heads, ...lines].map((line) => csvLineOf(line, language)).join('');
}

function textOf(cell: Cell, language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell).replace('.', language === 'sv' ? ',' : '.');
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** By a wall clock, to the minute, as spreadsheets read it; with the offset where the clock alone would not tell which of two hours it was. */
export function wallTime(at: number, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const plain = zoned.toPlainDateTime();
  const [first, second] = (['earlier', 'later'] as const).map(
    (disambiguation) => plain.toZonedDateTime(timeZone, { disambiguation }).offset,
  );
  const text = plain.toString({ smallestUnit: 'minute' }).replace('T', ' ');
  return first === second ? text : `${text} ${zoned.offset}`;
}
