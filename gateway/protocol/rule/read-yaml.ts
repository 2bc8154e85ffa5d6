import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';

import { faultsOf } from './wording.ts';

/** What is wrong in a text, where (from 1), and how to mend it. */
export interface RuleProblem {
  line: number;
  column: number;
  /** The place as a path, such as `0.then.within`; empty for the whole. */
  path: string;
  message: string;
}

export interface Place {
  line: number;
  column: number;
}

/** The place of the value at a path, or of its name. */
export type PlaceOf = (path: readonly PropertyKey[], isName?: boolean) => Place;

/** A text of YAML or JSON that could be read, and where in it each value stands. */
export interface YamlText {
  value: unknown;
  contents: Node | null;
  placeOf: PlaceOf;
}

/** Aliases that a text may use; more would let a few lines grow into gigabytes. */
const mostAliases = 16;

/** What anybody can mend before they try again; a text may be wrong in fifty thousand places. */
const mostProblems = 100;

/** Reads YAML or JSON. Total: what cannot be read is a problem with its place. */
export function readYaml(
  text: string,
): { ok: true; yaml: YamlText } | { ok: false; problems: readonly RuleProblem[] } {
  const document = parseDocument(text, { prettyErrors: false });
  const at = (offset: number): Place => placeAt(text, offset);
  const placeOf: PlaceOf = (path, isName = false) => at(offsetOf(document, path, isName));
  if (document.errors.length > 0) {
    const problems = firstOfEachPlace(document.errors.slice(0, mostProblems)).map((error) => ({
      ...at(error.pos[0]),
      path: '',
      message: mendOf(error),
    }));
    return { ok: false, problems };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return { ok: true, yaml: { value, contents: document.contents, placeOf } };
  } catch (cause) {
    const isUnknown = String(cause).includes('Unresolved alias');
    const message = isUnknown ? unknownAlias : 'Too much is repeated by `*`: write it out instead.';
    return { ok: false, problems: [{ ...at(firstAlias(document)), path: '', message }] };
  }
}

/** What a schema finds wrong in a text, each in its place; the first hundred. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  schema: z.core.$ZodType,
  placeOf: PlaceOf,
): readonly RuleProblem[] {
  return issues
    .slice(0, mostProblems)
    .flatMap((issue) => faultsOf(issue, schema))
    .slice(0, mostProblems)
    .map(({ path, message, isName }) => ({
      ...placeOf(path, isName),
      path: path.map(String).join('.'),
      message,
    }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** Counted here: the library's own counter misses the line ends within what it could not read. */
function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const unknownAlias = 'A text that begins with `*` or `&` is written in quotes.';
const mends: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'Indent with spaces: a tab is not allowed here.',
  DUPLICATE_KEY: 'This stands twice: remove one of them.',
  BAD_INDENT: 'Check the indentation: what belongs together begins in the same column.',
  MULTIPLE_DOCS: 'Only one text of rules is read: remove the `---` and what is before or after it.',
  BLOCK_AS_IMPLICIT_KEY:
    'Check the indentation and the colons: a text with a colon in it is written in quotes.',
  MULTILINE_IMPLICIT_KEY: 'A colon is missing here, or the line is indented too little.',
  BAD_SCALAR_START: 'A text that begins with a special character is written in quotes.',
  MISSING_CHAR: 'A quote, bracket, brace or comma is missing before this.',
  BAD_ALIAS: unknownAlias,
  BLOCK_IN_FLOW: 'Check braces and colons: a text with a colon in it is written in quotes.',
  UNEXPECTED_TOKEN: 'This is not expected here: check quotes, brackets and indentation.',
};

/** What is wrong in one place is often complained of twice. */
function firstOfEachPlace(errors: readonly YAMLError[]): readonly YAMLError[] {
  return errors.filter(
    ({ pos }, index) => errors.findIndex((other) => other.pos[0] === pos[0]) === index,
  );
}

function mendOf({ code, message }: YAMLError): string {
  const mend = mends[code];
  return mend === undefined ? message : `${mend} (${message})`;
}

function firstAlias(document: Document.Parsed): number {
  let offset = 0;
  visit(document, {
    Alias: (_, node) => {
      if (!isAlias(node)) return undefined;
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** The offset of the deepest part of a path that is written. */
function offsetOf(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  isName: boolean,
): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const found = nodeAt(document, path.slice(0, depth), isName && depth === path.length);
    if (isNode(found) && found.range) return found.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** The value at a path; its name, if that is asked for or nothing else is written there. */
function nodeAt(document: Document.Parsed, path: readonly PropertyKey[], isName: boolean): unknown {
  const holder = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(holder)) return document.getIn(path, true);
  const pair = holder.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  return isName ? pair?.key : (pair?.value ?? pair?.key);
}
