import { catalogue, type EventType } from '../protocol/catalogue.ts';
import { readAspect, type States, type Telling } from './decoded-aspect.ts';
import { aspectOf, isQuiet, type Leaf, leavesOf, plainName } from './decoded-field.ts';
import { epochOf, exampleOf, field, fieldsOf, listOf } from './loose-json.ts';
import type { LorawanModel } from './lorawan-model.ts';

/** What a decoded message says happened. */
export interface Fact {
  type: EventType;
  data: Readonly<Record<string, unknown>>;
  /** Tells it from the others of its message, or of its time if the device stored it. */
  key: string;
  /** When it happened, where the device stored it; else it happened when the message was sent. */
  storedAt: number | null;
  /** To be kept and judged by no rule. */
  isHistory: boolean;
}

export interface Decoded {
  facts: readonly Fact[];
  notUnderstood: readonly { what: string; example: string }[];
}

const maxNotUnderstood = 10;
const maxRows = 100;
const dayMs = 24 * 3_600_000;
const envelope = new Set(['data', 'errors', 'warnings']);
/** Lists of what happened just now, of what the device had stored, and of what its codec could not do. */
const lists = new Set(['history', 'events', 'alarms', 'errors', 'warnings', 'error']);

/**
 * Reads what a codec made of a device's bytes, whatever its vendor calls things. Changes `states`, so that a state told
 * again is no event, and one that is missing stands.
 */
export function readDecoded(
  said: unknown,
  model: LorawanModel,
  states: States,
  receivedAt: number,
): Decoded {
  // Some codecs leave their data in the envelope that is theirs to return it in.
  const isEnvelope = Object.keys(fieldsOf(said) ?? {}).every((key) => envelope.has(key));
  const object = isEnvelope ? field(said, 'data') : said;
  const unread: Leaf[] = [];
  const now = [object, ...rowsOf(object, 'events'), ...rowsOf(object, 'alarms')];
  const facts = now.flatMap((part, row) =>
    readPart(part, model, states, unread).map((fact) => ({ ...fact, of: `${row} ${fact.of}` })),
  );
  const errors = [field(said, 'error'), ...listOf(field(said, 'errors')).slice(0, 5)].filter(
    Boolean,
  );
  const faults = errors.map((error) => ({ what: 'codec error', example: exampleOf(error) }));
  const values = unread.map(({ name, value }) => ({
    what: name,
    example: exampleOf(value),
  }));
  const notUnderstood = [...faults, ...values];
  const stored = readHistory(object, model, receivedAt);
  if (stored.undated > 0) {
    notUnderstood.push({ what: 'history', example: `${stored.undated} without a time` });
  }
  return {
    facts: [
      ...facts.map(({ type, data, of }) => ({
        type,
        data,
        key: `${type} ${of}`,
        storedAt: null,
        isHistory: false,
      })),
      ...stored.facts,
    ],
    notUnderstood: notUnderstood.slice(0, maxNotUnderstood),
  };
}

function rowsOf(object: unknown, name: string): readonly unknown[] {
  return listOf(field(object, name))
    .filter((row) => fieldsOf(row) !== null)
    .slice(0, maxRows);
}

function readPart(
  object: unknown,
  model: LorawanModel,
  states: States,
  unread: Leaf[],
): Telling['facts'] {
  const leaves = leavesOf(object).filter(({ name }) => !lists.has(name));
  const aspects = new Set(leaves.map(aspectOf).filter((aspect) => aspect !== null));
  const hasPosition = leaves.some(({ name }) => /^lat(itude)?$/.test(name));
  const telling: Telling = { model, states, aspects, hasPosition, facts: [] };
  const ended = leaves.some(({ name }) => name.endsWith('alarm_type')) ? endsIn(leaves) : new Set();
  for (const leaf of leaves) {
    const aspect = aspectOf(leaf);
    if (leaf.value === null || leaf.value === '') continue;
    const isOver = ended.has(leaf.within.join(' '));
    if (isOver && (aspect === 'named-event' || aspect === 'alarm')) continue;
    if (!readAspect(leaf, aspect, telling) && !isQuiet(leaf)) unread.push(leaf);
  }
  return telling.facts;
}

/** Where `alarm_type: fall` stands with `alarm_status: alarm_deactivated`, which tells of the end of one. */
function endsIn(leaves: readonly Leaf[]): ReadonlySet<string> {
  const ends = leaves.filter(
    ({ name, value }) =>
      name.endsWith('alarm_status') &&
      (typeof value === 'string'
        ? /deactivated|ignored|report|^[234]$/.test(plainName(value))
        : typeof value === 'number' && value > 1),
  );
  return new Set(ends.map(({ within }) => within.join(' ')));
}

/** Facts of rows with times of their own; a call for help of the last day is still one. */
function readHistory(
  object: unknown,
  model: LorawanModel,
  receivedAt: number,
): { facts: readonly Fact[]; undated: number } {
  const rows = rowsOf(object, 'history').map((row) => ({ row, at: timeOf(row) }));
  const dated = rows
    .flatMap(({ row, at }) => (at === null ? [] : [{ row, at }]))
    .toSorted((a, b) => a.at - b.at);
  const states: States = new Map();
  const facts = dated.flatMap(({ row, at }) =>
    readPart(row, model, states, []).map(({ type, data, of }) => ({
      type,
      data,
      key: `${type} ${of}`,
      storedAt: at,
      isHistory: !catalogue[type].latched || receivedAt - at >= dayMs,
    })),
  );
  return { facts, undated: rows.length - dated.length };
}

function timeOf(row: unknown): number | null {
  for (const name of ['timestamp', 'time', 'ts', 'datetime', 'date_time', 'recorded_at']) {
    const at = epochOf(field(row, name));
    if (at !== null) return at;
  }
  return null;
}
