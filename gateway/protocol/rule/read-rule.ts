import { Document, isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

import { type Rule, Rules } from './rule.ts';

/** What is wrong in a text of rules, where (from 1), and how to mend it. */
export interface RuleProblem {
  line: number;
  column: number;
  /** The place as a path, such as `0.then.within`; empty for the whole. */
  path: string;
  message: string;
}

export interface ReadRule {
  rule: Rule;
  /** The rule alone, as YAML, its comments with it. */
  source: string;
  /** Where it begins. */
  line: number;
}

export type RulesRead =
  | { ok: true; rules: readonly ReadRule[]; placeOf: (path: readonly PropertyKey[]) => Place }
  | { ok: false; problems: readonly RuleProblem[] };

interface Place {
  line: number;
  column: number;
}

/** Reads one rule or a list of them from YAML or JSON. Total: what cannot be used is a problem with its place. */
export function readRules(text: string): RulesRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => ({
      ...at(pos[0]),
      path: '',
      message,
    }));
    return { ok: false, problems };
  }
  const isSingle = isMap(document.contents);
  const placeOf = (path: readonly PropertyKey[]): Place =>
    at(offsetOf(document, isSingle ? path.slice(1) : path));
  let given: unknown;
  try {
    given = document.toJS({ maxAliasCount: 16 });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, problems: [{ line: 1, column: 1, path: '', message }] };
  }
  const parsed = Rules.safeParse(isSingle ? [given] : given);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, placeOf));
    return { ok: false, problems };
  }
  const nodes = isSeq(document.contents) ? document.contents.items : [document.contents];
  const rules = parsed.data.map((rule, index) => ({
    rule,
    source: sourceOf(nodes[index]),
    line: placeOf([index]).line,
  }));
  return { ok: true, rules, placeOf };
}

/** A key that nobody knows stands where the key stands; all else where its value does. */
function problemsOf(
  issue: z.core.$ZodIssue,
  placeOf: (path: readonly PropertyKey[]) => Place,
): RuleProblem[] {
  const problem = (path: readonly PropertyKey[], message: string): RuleProblem => ({
    ...placeOf(path),
    path: path.map(String).join('.'),
    message,
  });
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      problem(
        [...issue.path, key],
        `There is no \`${key}\` here: remove it, or check how it is spelled.`,
      ),
    );
  return [problem(issue.path, issue.message)];
}

/** The offset of the deepest part of a path that is written. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const found = document.getIn(path.slice(0, depth), true);
    if (isNode(found)) return found.range?.[0] ?? 0;
  }
  return document.contents?.range?.[0] ?? 0;
}

function sourceOf(node: unknown): string {
  const document = new Document();
  document.contents = isNode(node) ? node : null;
  return document.toString({ lineWidth: 100 });
}
