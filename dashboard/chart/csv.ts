/**
 * A table as RFC 4180 writes it but with semicolons, as in the gateway's own files, and decimals as the reader's
 * spreadsheet has them; what it would take for a formula is made text.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[], locale: string): string {
  const decimal = new Intl.NumberFormat(locale).format(0.5).slice(1, 2);
  return rows.map((row) => `${row.map((value) => cellOf(value, decimal)).join(';')}\r\n`).join('');
}

function cellOf(value: string | number, decimal: string): string {
  if (typeof value === 'number') return String(value).replace('.', decimal);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands the reader a file. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
