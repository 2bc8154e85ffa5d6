import type { Occurrence, OccurrencePage, OccurrenceQuery } from '../../protocol/rule/backtest.ts';
import { AppError } from '../errors.ts';
import type { HomeHistory, RealAlert } from '../history.ts';
import type { Change } from './difference.ts';
import type { Found } from './found.ts';

/** An alert that a backtest found, in the home it is about. */
export interface Occurred {
  home: HomeHistory;
  found: Found;
  change: Change | null;
  shiftMs: number | null;
  alert: RealAlert | null;
}

export function occurrenceOf({ home, found, change, shiftMs, alert }: Occurred): Occurrence {
  const { rule, version, severity, deviceId, at, since, lateMs, clearedAt } = found;
  const device = home.placed.find(({ id }) => id === deviceId);
  return {
    rule,
    version,
    severity,
    home: { id: home.id, label: home.label },
    device: deviceId === null ? null : { id: deviceId, name: device?.name ?? deviceId },
    at,
    since,
    late: lateMs,
    clearedAt,
    change,
    shiftMs,
    alert: alert === null ? null : { id: alert.id, outcome: alert.outcome },
  };
}

/** Occurrences in few bytes, so that they pass between threads, and wait to be opened, at little cost. */
export interface PackedOccurrences {
  /** JSON of each, one after the other, oldest first. */
  json: Uint8Array<ArrayBuffer>;
  /** Where each ends. */
  ends: Uint32Array<ArrayBuffer>;
  /** What can be asked for, of each. */
  rules: readonly string[];
  ruleOf: Uint16Array<ArrayBuffer>;
  changes: readonly (Change | null)[];
  changeOf: Uint8Array<ArrayBuffer>;
}

export function packOccurrences(occurrences: readonly Occurrence[]): PackedOccurrences {
  const ordered = occurrences.toSorted((a, b) => a.at - b.at);
  const encoder = new TextEncoder();
  const texts = ordered.map((occurrence) => encoder.encode(JSON.stringify(occurrence)));
  const json = new Uint8Array(texts.reduce((sum, { length }) => sum + length, 0));
  const ends = new Uint32Array(texts.length);
  let end = 0;
  for (const [index, text] of texts.entries()) {
    json.set(text, end);
    end += text.length;
    ends[index] = end;
  }
  const rules = [...new Set(ordered.map(({ rule }) => rule))];
  const changes = [...new Set(ordered.map(({ change }) => change))];
  return {
    json,
    ends,
    rules,
    changes,
    ruleOf: Uint16Array.from(ordered, ({ rule }) => rules.indexOf(rule)),
    changeOf: Uint8Array.from(ordered, ({ change }) => changes.indexOf(change)),
  };
}

/** A page of them; @throws AppError `invalid` for a cursor that is none of ours. */
export function readOccurrences(packed: PackedOccurrences, query: OccurrenceQuery): OccurrencePage {
  const first = positionOf(query.cursor);
  const items: Occurrence[] = [];
  let next: string | null = null;
  let total = 0;
  for (let index = 0; index < packed.ends.length; index += 1) {
    if (!isAskedFor(packed, query, index)) continue;
    total += 1;
    if (index < first) continue;
    if (items.length < query.limit) items.push(read(packed, index));
    else next ??= String(index);
  }
  return { items, next, total };
}

function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new AppError('invalid', 'The cursor is not one of ours: begin again without it.');
}

function isAskedFor(
  { rules, ruleOf, changes, changeOf }: PackedOccurrences,
  { rule, change }: OccurrenceQuery,
  index: number,
): boolean {
  if (rule !== undefined && rules[ruleOf[index] ?? 0] !== rule) return false;
  return change === undefined || changes[changeOf[index] ?? 0] === change;
}

function read({ json, ends }: PackedOccurrences, index: number): Occurrence {
  const from = index === 0 ? 0 : ends[index - 1];
  const text = new TextDecoder().decode(json.subarray(from, ends[index]));
  return JSON.parse(text) as Occurrence;
}
