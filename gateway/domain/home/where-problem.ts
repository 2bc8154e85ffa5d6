import type { WhereProblem } from './where-grammar.ts';

/** What the evaluator's own words mean to somebody who writes rules. */
const mends: Readonly<Record<string, string>> = {
  unexpected_token: 'Something is missing or too much here.',
  unexpected_character: 'Write `==` to compare, `&&` for and, `||` for or.',
  unterminated_string: 'A quote that begins here never ends.',
  invalid_logical_operand: 'Both sides of `&&` and `||` must be true or false, as a comparison is.',
  invalid_condition_type: 'What stands before `?` must be true or false, as a comparison is.',
  limit_exceeded: 'It is too long or too deep: split the rule in two.',
  heterogeneous_list_element:
    'All elements of a list must be alike: text, whole numbers, or numbers with a point.',
  cannot_index_type: 'Only `event.data` has fields of fields.',
};

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a number',
  double: 'a number',
  bool: 'true or false',
  null: 'nothing',
};

/** A failure of the evaluator to read an expression, in plain words. */
export function explain(cause: unknown): WhereProblem {
  if (!(cause instanceof Error)) return { offset: 0, message: String(cause) };
  const { code, summary, range } = cause as Error & Partial<Fault>;
  return { offset: range?.start ?? 0, message: wordsOf(code ?? '', summary ?? cause.message) };
}

interface Fault {
  code: string;
  summary: string;
  range: { start: number };
}

function wordsOf(code: string, summary: string): string {
  const sides = /^no such overload: (?<left>.+) (?<op>\S+) (?<right>.+)$/.exec(summary)?.groups;
  if (sides !== undefined)
    return `\`${sides['op']}\` does not go between ${kindOf(sides['left'])} and ${kindOf(sides['right'])}: text stands in quotes, numbers do not.`;
  const mend = mends[code];
  return mend === undefined ? `${summary}.` : `${mend} (${summary})`;
}

function kindOf(type = ''): string {
  const [, inner = type] = /^dyn<(.+)>$/.exec(type) ?? [];
  if (inner.startsWith('list')) return 'a list';
  return kinds[inner] ?? inner;
}
