/** What an expression of a value template is made of. */
export type Expression =
  | { kind: 'literal'; value: unknown }
  | { kind: 'path'; root: 'value' | 'value_json'; steps: readonly (string | number)[] }
  | { kind: 'filter'; of: Expression; name: FilterName; with: readonly Expression[] }
  | { kind: 'compare'; left: Expression; operator: Operator; right: Expression }
  | { kind: 'choice'; if: Expression; then: Expression; else: Expression };

export const filterNames = [
  'int',
  'float',
  'round',
  'lower',
  'upper',
  'default',
  'bool',
  'iif',
] as const;
export type FilterName = (typeof filterNames)[number];

export const operators = ['==', '!=', '>=', '<=', '>', '<'] as const;
export type Operator = (typeof operators)[number];

const token =
  /\s*(?:(?<text>'[^'\\]*'|"[^"\\]*")|(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z_]\w*)|(?<sign>==|!=|>=|<=|[-><|().,[\]]))/y;

interface Token {
  kind: 'text' | 'number' | 'word' | 'sign';
  text: string;
}

const mostTokens = 120;
const deepest = 12;

/** Reads an expression of the subset; null when it is of anything more. */
export function parseExpression(body: string): Expression | null {
  const tokens = tokensOf(body);
  if (tokens === null) return null;
  const parser = createParser(tokens);
  const expression = parser.choice(0);
  return expression !== null && parser.isAtEnd() ? expression : null;
}

function tokensOf(body: string): readonly Token[] | null {
  const tokens: Token[] = [];
  const text = body.trim();
  let at = 0;
  while (at < text.length && tokens.length < mostTokens) {
    token.lastIndex = at;
    const groups = token.exec(text)?.groups;
    if (groups === undefined) return null;
    at = token.lastIndex;
    const kind = (['text', 'number', 'word', 'sign'] as const).find((one) => groups[one]);
    if (kind === undefined) return null;
    tokens.push({ kind, text: groups[kind] ?? '' });
  }
  return at < text.length || tokens.length === 0 ? null : tokens;
}

interface Parser {
  choice: (depth: number) => Expression | null;
  isAtEnd: () => boolean;
}

function createParser(tokens: readonly Token[]): Parser {
  let at = 0;

  const take = (kind: Token['kind'], text?: string): string | null => {
    const next = tokens[at];
    if (next?.kind !== kind || (text !== undefined && next.text !== text)) return null;
    at += 1;
    return next.text;
  };
  const sign = (text: string): boolean => take('sign', text) !== null;

  /** `a if b else c`, or what stands alone. */
  function choice(depth: number): Expression | null {
    if (depth > deepest) return null;
    const then = comparison(depth);
    if (then === null || take('word', 'if') === null) return then;
    const condition = comparison(depth);
    if (condition === null || take('word', 'else') === null) return null;
    const otherwise = choice(depth + 1);
    return otherwise && { kind: 'choice', if: condition, then, else: otherwise };
  }

  function comparison(depth: number): Expression | null {
    const left = filtered(depth);
    const operator = operators.find((one) => sign(one));
    if (left === null || operator === undefined) return left;
    return compared(left, operator, filtered(depth));
  }

  function compared(
    left: Expression,
    operator: Operator,
    right: Expression | null,
  ): Expression | null {
    return right && { kind: 'compare', left, operator, right };
  }

  function filtered(depth: number): Expression | null {
    let of = primary(depth);
    while (of !== null && sign('|')) {
      const name = filterNamed(take('word'));
      const parameters = sign('(') ? list(depth) : [];
      of = name === null || parameters === null ? null : filterOf(of, name, parameters);
    }
    return of;
  }

  /** What stands between brackets, after the first of them. */
  function list(depth: number): readonly Expression[] | null {
    const items: Expression[] = [];
    if (sign(')')) return items;
    do {
      const item = choice(depth + 1);
      if (item === null) return null;
      items.push(item);
    } while (sign(','));
    return sign(')') ? items : null;
  }

  function primary(depth: number): Expression | null {
    if (sign('(')) {
      const inner = choice(depth + 1);
      return sign(')') ? inner : null;
    }
    const text = take('text');
    if (text !== null) return { kind: 'literal', value: text.slice(1, -1) };
    const isNegative = sign('-');
    const number = take('number');
    if (number !== null) return { kind: 'literal', value: (isNegative ? -1 : 1) * Number(number) };
    const word = isNegative ? null : take('word');
    return word === null ? null : named(word, depth);
  }

  function named(word: string, depth: number): Expression | null {
    if (word === 'value' || word === 'value_json') return path(word);
    if (word === 'iif' && sign('(')) {
      const [of, ...rest] = list(depth) ?? [];
      return of === undefined ? null : filterOf(of, 'iif', rest);
    }
    const constant = constants.get(word);
    return constant === undefined ? null : { kind: 'literal', value: constant };
  }

  function path(root: 'value' | 'value_json'): Expression | null {
    const steps: (string | number)[] = [];
    for (;;) {
      if (sign('.')) {
        const name = take('word');
        if (name === null) return null;
        steps.push(name);
      } else if (sign('[')) {
        const step = take('text')?.slice(1, -1) ?? numberStep(take('number'));
        if (step === null || !sign(']')) return null;
        steps.push(step);
      } else {
        return root === 'value' && steps.length > 0 ? null : { kind: 'path', root, steps };
      }
    }
  }

  return { choice, isAtEnd: () => at === tokens.length };
}

const constants = new Map<string, boolean | null>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

const fewestAndMost: Record<FilterName, readonly [number, number]> = {
  int: [0, 1],
  float: [0, 1],
  round: [0, 1],
  lower: [0, 0],
  upper: [0, 0],
  default: [1, 1],
  bool: [0, 1],
  iif: [0, 2],
};

function filterOf(
  of: Expression,
  name: FilterName,
  parameters: readonly Expression[],
): Expression | null {
  const [fewest, most] = fewestAndMost[name];
  const fits = parameters.length >= fewest && parameters.length <= most;
  return fits ? { kind: 'filter', of, name, with: parameters } : null;
}

function filterNamed(word: string | null): FilterName | null {
  return filterNames.find((name) => name === word) ?? null;
}

function numberStep(text: string | null): number | null {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
