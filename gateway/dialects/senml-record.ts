import { field, fieldsOf, numberOf, textOf } from './loose-json.ts';

/** A resolved record: what its base and its own fields say together. */
export interface SenmlRecord {
  name: string;
  unit: string | null;
  value: number | string | boolean;
  /** Epoch milliseconds. */
  at: number;
  /** Whether `at` is by a clock that goes on; told in seconds from now, it is another each time it is sent. */
  isAbsolute: boolean;
  /** Whether it said when; otherwise it is now. */
  isTimed: boolean;
}

export const maxRecords = 1_000;

/** Below this a time is relative to now, from it on seconds since 1970 [RFC 8428 §4.5.3]. */
const relativeBelow = 2 ** 28;

interface Base {
  name: string;
  time: number | null;
  unit: string | null;
  value: number | null;
  sum: boolean;
}

/** The records of a pack with their bases applied; or why there are none. */
export function resolveSenml(pack: unknown, now: number): readonly SenmlRecord[] | string {
  if (!Array.isArray(pack)) return 'A SenML pack is a JSON array of records (RFC 8428).';
  if (pack.length > maxRecords) return `Send at most ${maxRecords} records in a pack.`;
  let base: Base = { name: '', time: null, unit: null, value: null, sum: false };
  const records: SenmlRecord[] = [];
  for (const entry of pack as readonly unknown[]) {
    if (fieldsOf(entry) === null) return 'Each record of a SenML pack is a JSON object.';
    // A receiver must not read what it does not know [RFC 8428 §4.4].
    const must = Object.keys(fieldsOf(entry) ?? {}).find((name) => name.endsWith('_'));
    if (must !== undefined) return 'A record has a field that must be understood, and is not.';
    const version = numberOf(field(entry, 'bver'));
    if (version !== null && version > 10) return 'Only SenML up to version 10 is read.';
    base = baseOf(entry, base);
    const record = resolve(entry, base, now);
    if (typeof record === 'string') return record;
    if (record !== null) records.push(record);
  }
  return records;
}

function baseOf(entry: unknown, before: Base): Base {
  return {
    name: textOf(field(entry, 'bn'), 200) ?? before.name,
    time: numberOf(field(entry, 'bt')) ?? before.time,
    unit: textOf(field(entry, 'bu'), 20) ?? before.unit,
    value: numberOf(field(entry, 'bv')) ?? before.value,
    sum: before.sum || field(entry, 'bs') !== undefined,
  };
}

/** The record; null for one that only sets a base. */
function resolve(entry: unknown, base: Base, now: number): SenmlRecord | null | string {
  const value = valueOf(entry, base);
  if (value === null) return null;
  const name = `${base.name}${textOf(field(entry, 'n'), 200) ?? ''}`;
  if (name === '') return 'A record has neither a name nor a base name.';
  const told = (numberOf(field(entry, 't')) ?? 0) + (base.time ?? 0);
  // No clock is wrong by thousands of years; what says so tells no time.
  const seconds = Math.abs(told) < 1e11 ? told : 0;
  const isAbsolute = Math.abs(seconds) >= relativeBelow;
  const at = Math.round(isAbsolute ? seconds * 1_000 : now + seconds * 1_000);
  const unit = textOf(field(entry, 'u'), 20) ?? base.unit;
  return { name, unit, value, at, isAbsolute, isTimed: seconds !== 0 };
}

function valueOf(entry: unknown, base: Base): SenmlRecord['value'] | null {
  const flag = field(entry, 'vb');
  if (typeof flag === 'boolean') return flag;
  const text = textOf(field(entry, 'vs'), 200);
  if (text !== null) return text;
  const number = numberOf(field(entry, 'v'));
  if (number !== null) return numberOf(number + (base.value ?? 0));
  // A base value stands for a value that is left out as zero [RFC 8428 §4.1].
  return field(entry, 'n') !== undefined && base.value !== null && !base.sum ? base.value : null;
}
