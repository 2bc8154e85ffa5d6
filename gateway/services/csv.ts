/** A cell of a file for a spreadsheet; null is an empty one. */
export type Cell = string | number | null;

/** Without it a spreadsheet takes the file for Windows-1252. */
export const byteOrderMark = '\uFEFF';

/** A line by RFC 4180 with semicolons; text that would be taken for a formula is made text. */
export function csvLineOf(cells: readonly Cell[]): string {
  return `${cells.map(textOf).join(';')}\r\n`;
}

function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
