import type { Language } from '../protocol/text.ts';

/** A cell of a file for a spreadsheet; null is an empty one. */
export type Cell = string | number | null;

/** Without it a spreadsheet takes the file for Windows-1252. */
export const byteOrderMark = '\uFEFF';

/**
 * A line by RFC 4180 with semicolons, and decimals as the language has them: a spreadsheet takes others for text. Text that
 * would be taken for a formula is made text.
 */
export function csvLineOf(cells: readonly Cell[], language: Language): string {
  return `${cells.map((cell) => textOf(cell, language)).join(';')}\r\n`;
}

function textOf(cell: Cell, language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell).replace('.', language === 'sv' ? ',' : '.');
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
