import { Document, isMap, isNode, isSeq } from 'yaml';

import { type PlaceOf, problemsOf, readYaml, type RuleProblem } from './read-yaml.ts';
import { type Rule, Rules } from './rule.ts';

export type { RuleProblem } from './read-yaml.ts';

export interface ReadRule {
  rule: Rule;
  /** The rule alone, as YAML, its comments with it. */
  source: string;
  /** Where it begins. */
  line: number;
}

export type RulesRead =
  | { ok: true; rules: readonly ReadRule[]; placeOf: PlaceOf }
  | { ok: false; problems: readonly RuleProblem[] };

/** Reads one rule or a list of them from YAML or JSON. Total: what cannot be used is a problem with its place. */
export function readRules(text: string): RulesRead {
  const read = readYaml(text);
  if (!read.ok) return read;
  const { contents, value } = read.yaml;
  const isSingle = isMap(contents);
  const placeOf: PlaceOf = (path, isName) =>
    read.yaml.placeOf(isSingle ? path.slice(1) : path, isName);
  if (!isSingle && !isSeq(contents)) {
    const message = 'Write a rule, or a list of rules that each begin with `- id:`.';
    return { ok: false, problems: [{ ...placeOf([]), path: '', message }] };
  }
  const parsed = Rules.safeParse(isSingle ? [value] : value, { reportInput: true });
  if (!parsed.success)
    return { ok: false, problems: problemsOf(parsed.error.issues, Rules, placeOf) };
  const nodes = isSingle ? [contents] : contents.items;
  const rules = parsed.data.map((rule, index) => ({
    rule,
    source: sourceOf(nodes[index]),
    line: placeOf([index]).line,
  }));
  return { ok: true, rules, placeOf };
}

/** The YAML of a part of a text, its comments with it. */
export function sourceOf(node: unknown): string {
  const document = new Document();
  document.contents = isNode(node) ? node : null;
  return document.toString({ lineWidth: 100 });
}
