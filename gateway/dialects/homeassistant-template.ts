import { type Expression, type Operator, parseExpression } from './homeassistant-expression.ts';
import { numberOf } from './loose-json.ts';

/** What a template is applied to: what was published, as text and as JSON. */
export interface Published {
  text: string;
  json: unknown;
}

/**
 * Reads the subset of Home Assistant's value templates that `docs/dialects.md` lists; null for any other, of which
 * nothing is guessed.
 */
export function parseTemplate(template: string): Expression | null {
  const body = /^\s*\{\{-?([^{}]*?)-?\}\}\s*$/.exec(template.slice(0, 1_001))?.[1];
  return body === undefined || template.length > 1_000 ? null : parseExpression(body);
}

/**
 * What a template makes of what was published; undefined when a field it needs is missing and no default stands in for
 * it, also where Home Assistant would take it for false: what is not told stays as it was.
 */
export function evaluate(expression: Expression, published: Published): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path':
      return follow(expression, published);
    case 'filter':
      return filter(expression, published);
    case 'compare':
      return compare(
        evaluate(expression.left, published),
        expression.operator,
        evaluate(expression.right, published),
      );
    case 'choice': {
      const condition = evaluate(expression.if, published);
      if (condition === undefined) return undefined;
      return evaluate(isTrue(condition) ? expression.then : expression.else, published);
    }
  }
}

function follow(
  { root, steps }: Expression & { kind: 'path' },
  { text, json }: Published,
): unknown {
  let at: unknown = root === 'value' ? text : json;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    if (Array.isArray(at) && typeof step !== 'number') return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

function filter(
  { of, name, with: parameters }: Expression & { kind: 'filter' },
  published: Published,
): unknown {
  const value = evaluate(of, published);
  const [first, second] = parameters.map((parameter) => evaluate(parameter, published));
  if (name === 'default') return value === undefined ? first : value;
  if (value === undefined) return undefined;
  switch (name) {
    case 'int':
      return truncated(value) ?? first;
    case 'float':
      return numeric(value) ?? first;
    case 'round':
      return rounded(value, numberOf(first) ?? 0);
    case 'lower':
      return asText(value).toLowerCase();
    case 'upper':
      return asText(value).toUpperCase();
    case 'bool':
      return truth(value) ?? first;
    case 'iif':
      return isTrue(value) ? (first ?? true) : (second ?? false);
  }
}

function numeric(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  return numberOf(value) ?? undefined;
}

function truncated(value: unknown): number | undefined {
  const number = numeric(value);
  return number === undefined ? undefined : Math.trunc(number);
}

function rounded(value: unknown, digits: number): number | undefined {
  const number = numeric(value);
  const scale = 10 ** Math.min(Math.max(Math.trunc(digits), 0), 10);
  return number === undefined ? undefined : Math.round(number * scale) / scale;
}

const truths = new Map<string, boolean>([
  ...['true', 'yes', 'on', 'enable', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', 'disable', '0'].map((word) => [word, false] as const),
]);

function truth(value: unknown): boolean | undefined {
  return truths.get(asText(value).toLowerCase());
}

function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function compare(left: unknown, operator: Operator, right: unknown): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '==':
      return isSame(left, right);
    case '!=':
      return !isSame(left, right);
    case '>':
    case '<':
    case '>=':
    case '<=':
      return typeof left === 'number' && typeof right === 'number'
        ? { '>': left > right, '<': left < right, '>=': left >= right, '<=': left <= right }[
            operator
          ]
        : undefined;
  }
}

/** As Python compares: a text is never a number, but true is 1. */
function isSame(left: unknown, right: unknown): boolean {
  const plain = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);
  return plain(left) === plain(right);
}

/** What a value reads like once it is printed, in Home Assistant's spelling: `True`, `None`, `21.5`; nothing for lists. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null) return 'None';
  return typeof value === 'number' ? String(value) : '';
}
