import { type EventType, isEventType } from '../catalogue.ts';
import { isPlacement, type Placement } from '../placement.ts';
import type { Language } from '../text.ts';
import type { Rule } from './rule.ts';
import { numberWords } from './sentence-number.ts';

/** A number that an event must hold, such as at most 15 %. */
export interface Comparison {
  field: string;
  operator: Operator;
  value: number;
  /** An event that does not tell it passes. */
  isIfKnown: boolean;
}

/** What `where` asks, as far as it can be said in words; `rest` is CEL. */
export interface Condition {
  placement: Placement | null;
  notAt: readonly Placement[];
  comparisons: readonly Comparison[];
  /** One of the comparisons is enough. */
  isAny: boolean;
  /** These types need no comparison. */
  exempt: readonly EventType[];
  rest: readonly string[];
}

const operators = ['<=', '>=', '==', '<', '>'] as const;
type Operator = (typeof operators)[number];

const shapes = {
  placement: /^device\.placement == (['"])(?<at>[a-z-]+)\1$/,
  notPlacement: /^device\.placement != (['"])(?<at>[a-z-]+)\1$/,
  type: /^event\.type == (['"])(?<type>[a-z.-]+)\1$/,
  measure: /^\(has\(event\.data\.(?<field>\w+)\) && (?<comparison>[^()]+)\)$/,
  missing: /^!has\(event\.data\.(?<field>\w+)\)$/,
  comparison:
    /^event\.data\.(?<field>\w+) (?<operator><=|>=|==|<|>) (?:parameter\.(?<name>\w+)|(?<number>-?\d+(?:\.\d+)?))$/,
};

const nothing: Condition = {
  placement: null,
  notAt: [],
  comparisons: [],
  isAny: false,
  exempt: [],
  rest: [],
};

/** Reads the common shapes of `where`; whatever it cannot put in words is left as it stands. */
export function readCondition(rule: Rule): Condition {
  const only = onlyPlacementOf(rule);
  const condition = readWhere(rule);
  return { ...condition, placement: condition.placement ?? only };
}

/** The one place that a rule is for; null when it is for several, or for any. */
export function onlyPlacementOf({ appliesTo }: Rule): Placement | null {
  const [only, ...more] = appliesTo?.placements ?? [];
  return only !== undefined && more.length === 0 && isPlacement(only) ? only : null;
}

function readWhere(rule: Rule): Condition {
  if (rule.where === undefined) return nothing;
  const where = rule.where.trim();
  const alternatives = readMeasures(where, rule) ?? readAlternatives(where, rule);
  if (alternatives !== null) return alternatives;
  if (!isPlainAnd(where)) return { ...nothing, rest: [where] };
  return where
    .split('&&')
    .map((part) => part.trim())
    .reduce((condition, part) => withPart(condition, part, rule), nothing);
}

/** Whether it may be cut at each `&&`: not within brackets or texts. */
function isPlainAnd(where: string): boolean {
  if (/\|\||[()?]/.test(where)) return false;
  return where.split('&&').every((part) => (part.match(/['"]/g) ?? []).length % 2 === 0);
}

function withPart(condition: Condition, part: string, rule: Rule): Condition {
  const at = shapes.placement.exec(part)?.groups?.['at'];
  if (at !== undefined && isPlacement(at) && condition.placement === null)
    return { ...condition, placement: at };
  const notAt = shapes.notPlacement.exec(part)?.groups?.['at'];
  if (notAt !== undefined && isPlacement(notAt))
    return { ...condition, notAt: [...condition.notAt, notAt] };
  const comparison = readComparison(part, rule);
  if (comparison !== null)
    return { ...condition, comparisons: [...condition.comparisons, comparison] };
  return { ...condition, rest: [...condition.rest, part] };
}

/** `(has(event.data.lqi) && event.data.lqi < 30) || …`: one measurement of several. */
function readMeasures(where: string, rule: Rule): Condition | null {
  const parts = where.split('||').map((part) => shapes.measure.exec(part.trim())?.groups);
  const comparisons = parts.map((part) => {
    const comparison = readComparison(part?.['comparison'] ?? '', rule);
    return comparison !== null && comparison.field === part?.['field'] ? comparison : null;
  });
  const read = comparisons.filter((comparison) => comparison !== null);
  const isMeasured = (rule.on ?? []).every((type) => read.every((one) => isMeasureOf(type, one)));
  const isRead = read.length > 1 && read.length === parts.length && isMeasured;
  return isRead ? { ...nothing, comparisons: read, isAny: true } : null;
}

/** `event.type == 'battery.low' || event.data.percent <= 15.0`, or that an event may lack what is compared. */
function readAlternatives(where: string, rule: Rule): Condition | null {
  if (where.includes('&&')) return null;
  const parts = where.split('||').map((part) => part.trim());
  const [first, second] = parts;
  if (first === undefined || second === undefined || parts.length > 2) return null;
  const comparison = readComparison(second, rule);
  if (comparison === null) return null;
  if (named(shapes.missing, first) === comparison.field)
    return { ...nothing, comparisons: [{ ...comparison, isIfKnown: true }] };
  const type = named(shapes.type, first);
  return isEventType(type) ? { ...nothing, comparisons: [comparison], exempt: [type] } : null;
}

/** What a shape names in it; empty if it has another shape. */
function named(shape: RegExp, part: string): string {
  return Object.values(shape.exec(part)?.groups ?? {})[0] ?? '';
}

function readComparison(part: string, rule: Rule): Comparison | null {
  const groups = shapes.comparison.exec(part)?.groups;
  if (groups === undefined) return null;
  const { field = '', name, number } = groups;
  const value = name === undefined ? Number(number) : rule.parameters?.[name]?.value;
  const operator = operators.find((one) => one === groups['operator']);
  if (value === undefined || operator === undefined || !Object.hasOwn(fields, field)) return null;
  return { field, operator, value, isIfKnown: false };
}

interface Field {
  name: Record<Language, string>;
  unit: string;
}

const fields: Readonly<Record<string, Field>> = {
  percent: { name: { sv: 'värdet', en: 'the value' }, unit: ' %' },
  celsius: { name: { sv: 'temperaturen', en: 'the temperature' }, unit: ' °C' },
  levelDb: { name: { sv: 'ljudnivån', en: 'the sound level' }, unit: ' dB' },
  confidence: { name: { sv: 'säkerheten', en: 'the confidence' }, unit: '' },
  lux: { name: { sv: 'ljusnivån', en: 'the illuminance' }, unit: ' lx' },
  watts: { name: { sv: 'effekten', en: 'the power draw' }, unit: ' W' },
  rssiDbm: { name: { sv: 'signalstyrkan', en: 'the signal strength' }, unit: ' dBm' },
  lqi: { name: { sv: 'länkkvaliteten', en: 'the link quality' }, unit: '' },
};

/** What each kind of measurement measures: its comparison is said instead of that it was measured. */
const measures: Partial<Record<EventType, Readonly<Record<string, Record<Language, string>>>>> = {
  'battery.measured': { percent: { sv: 'batterinivån', en: 'the battery level' } },
  'battery.low': { percent: { sv: 'batterinivån', en: 'the battery level' } },
  'humidity.measured': { percent: { sv: 'luftfuktigheten', en: 'the humidity' } },
  'temperature.measured': { celsius: { sv: 'temperaturen', en: 'the temperature' } },
  'illuminance.measured': { lux: { sv: 'ljusnivån', en: 'the illuminance' } },
  'power.measured': { watts: { sv: 'effekten', en: 'the power draw' } },
  'link.measured': {
    rssiDbm: { sv: 'signalstyrkan', en: 'the signal strength' },
    lqi: { sv: 'länkkvaliteten', en: 'the link quality' },
  },
};

export function isMeasureOf(type: EventType, { field }: Comparison): boolean {
  return measures[type]?.[field] !== undefined;
}

const comparedAs: Record<Language, Record<Operator, string>> = {
  sv: { '<=': 'är högst', '>=': 'är minst', '==': 'är', '<': 'är under', '>': 'är över' },
  en: {
    '<=': 'is at most',
    '>=': 'is at least',
    '==': 'is',
    '<': 'is below',
    '>': 'is above',
  },
};

const ifKnown: Record<Language, string> = { sv: ' (om uppgiften finns)', en: ' (if it is known)' };

export function comparisonWords(
  { field, operator, value, isIfKnown }: Comparison,
  type: EventType | null,
  language: Language,
): string {
  const measured = type === null ? undefined : measures[type]?.[field];
  const name = (measured ?? fields[field]?.name)?.[language] ?? field;
  const unit = fields[field]?.unit ?? '';
  const known = isIfKnown ? ifKnown[language] : '';
  return `${name} ${comparedAs[language][operator]} ${numberWords(value, language)}${unit}${known}`;
}
