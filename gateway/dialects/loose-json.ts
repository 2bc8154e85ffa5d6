/** What others call JSON, read without trust: nothing here throws. */
export type Fields = Readonly<Record<string, unknown>>;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** What the bytes say as JSON, with or without a byte order mark; undefined when they are none. */
export function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(payload));
  } catch {
    return undefined;
  }
}

/** The bytes as plain text, trimmed; null when they are no UTF-8. */
export function parseText(payload: Uint8Array): string | null {
  try {
    return cleanText(decoder.decode(payload), 1_000);
  } catch {
    return null;
  }
}

/** The object's fields; null for anything else, arrays too. */
export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

/** A field of its own, never one that every object has, such as `constructor`. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    const fields = fieldsOf(at);
    if (fields === null || !Object.hasOwn(fields, name)) return undefined;
    at = fields[name];
  }
  return at;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** A finite number, also one that is written as text; null for anything else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.length > 40 || !decimal.test(value.trim())) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Text without control characters, cut to so many; null when nothing is left, and for all that is no text. */
export function textOf(value: unknown, maximum: number): string | null {
  if (typeof value !== 'string') return null;
  const text = cleanText(value, maximum);
  return text === '' ? null : text;
}

const control = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

function cleanText(text: string, maximum: number): string {
  // Cut before cleaning, so that a megabyte costs no more than what is kept of it.
  const clean = text
    .slice(0, 4 * maximum)
    .replace(control, ' ')
    .trim();
  return clean.length <= maximum ? clean : clean.slice(0, maximum).replace(control, '').trim();
}

/** Anything as a short example for a technician to read. */
export function exampleOf(value: unknown): string {
  if (typeof value === 'string') return cleanText(value, 200);
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? `[${value.length}]` : '{…}';
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/;

/** Epoch milliseconds of an instant with a zone, to any fraction of a second; null for anything else. */
export function instantOf(value: unknown): number | null {
  if (typeof value !== 'string' || value.length > 64 || !rfc3339.test(value)) return null;
  const at = Date.parse(value);
  return Number.isFinite(at) ? at : null;
}

/** Epoch milliseconds of a time told as an instant or in seconds, milliseconds, micro- or nanoseconds since 1970. */
export function epochOf(value: unknown): number | null {
  const number = numberOf(value);
  if (number === null) return instantOf(value);
  // Seconds until the year 5138; each finer unit is a thousand times that.
  for (const [limit, toMs] of [
    [1e11, 1e3],
    [1e14, 1],
    [1e17, 1e-3],
    [1e20, 1e-6],
  ] as const) {
    if (number > 0 && number < limit) return Math.round(number * toMs);
  }
  return null;
}
