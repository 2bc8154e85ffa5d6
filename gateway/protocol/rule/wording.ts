import { z } from 'zod';

import { suggest } from './suggest.ts';

/** What is wrong in a place, and how to mend it, in words for those who write rules. */
export interface Fault {
  path: readonly PropertyKey[];
  message: string;
  /** The name itself is wrong, not what stands there. */
  isName?: boolean;
}

type Issue = z.core.$ZodIssue;

/** More than this many words to choose from are no help in a message. */
const listed = 12;

/** Says an issue of zod's so that a coordinator knows what to do; for that it must have been told the input. */
export function faultsOf(issue: Issue, schema: z.core.$ZodType): readonly Fault[] {
  const { path } = issue;
  if (issue.code === 'invalid_union') return unionFaults(issue, schema);
  if (issue.code === 'invalid_key')
    return [{ path, message: issue.issues[0]?.message ?? issue.message, isName: true }];
  if (issue.code !== 'unrecognized_keys') return [{ path, message: messageOf(issue) }];
  const known = keysAt(schema, path);
  return issue.keys.map((key) => ({
    path: [...path, key],
    message: unknownKey(key, known),
    isName: true,
  }));
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = suggest(key, known);
  if (near !== null) return `There is no \`${key}\` here: did you mean \`${near}\`?`;
  const choice = known.length > 0 && known.length <= listed ? ` Known are ${list(known)}.` : '';
  return `There is no \`${key}\` here: remove it, or check the indentation.${choice}`;
}

/** Of several forms, the one that was probably meant: a list where a list is written, else a single value. */
function unionFaults(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  schema: z.core.$ZodType,
): readonly Fault[] {
  const meant = issue.errors.filter((issues) => !issues.some(isOtherForm));
  const inner = meant.flat();
  const words = inner.flatMap((one) => (isWord(one) ? one.values : []));
  const said = inner.filter((one) => !isWord(one));
  if (said.length > 0 && words.length <= 1)
    return said.flatMap((one) => faultsOf({ ...one, path: [...issue.path, ...one.path] }, schema));
  const message = words.length > 0 ? ofValue(issue.input, words.map(String)) : formsOf(issue);
  return [{ path: issue.path, message }];
}

type Word = Extract<Issue, { code: 'invalid_value' }>;

/** A word that is none of those known, in the place of the union itself. */
function isWord(issue: Issue): issue is Word {
  return issue.code === 'invalid_value' && issue.path.length === 0;
}

function isOtherForm(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_type') return true;
  return issue.code === 'invalid_value' && typeof issue.input === 'object';
}

function formsOf({ errors, input }: Extract<Issue, { code: 'invalid_union' }>): string {
  const expected = errors.flat().flatMap((one) => (one.code === 'invalid_type' ? [one] : []));
  const known = [...new Set(expected.map((one) => forms[one.expected] ?? one.expected))];
  if (input === undefined || input === null)
    return `Nothing is written here: write ${known.join(' or ')}.`;
  return `Write ${known.join(' or ')} here, not ${shown(input)}.`;
}

function messageOf(issue: Issue): string {
  if (issue.code === 'invalid_type') return ofType(issue);
  if (issue.code === 'invalid_value') return ofValue(issue.input, issue.values.map(String));
  if (issue.code === 'too_small') return tooLittle(issue);
  if (issue.code === 'too_big') return tooMuch(issue);
  return issue.message;
}

const forms: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list, such as `[door.opened]`',
  object: 'fields, indented below or in braces such as `{ sv: …, en: … }`',
  record: 'fields, indented below',
};

function ofType(issue: Extract<Issue, { code: 'invalid_type' }>): string {
  const { expected, input, path, message } = issue;
  const form = forms[expected] ?? expected;
  if (input !== undefined && input !== null)
    return message.startsWith('Invalid') ? `Write ${form} here, not ${shown(input)}.` : message;
  const key = path.at(-1);
  if (input === null) return `Nothing is written here: write ${form}.`;
  return typeof key === 'string' ? `\`${key}\` is missing: write ${form}.` : `Write ${form}.`;
}

function ofValue(input: unknown, values: readonly string[]): string {
  const choice =
    values.length <= listed
      ? list(values)
      : `the words in the guide, such as ${list(values.slice(0, 4))}`;
  if (input === undefined || input === null)
    return `Nothing is written here: write one of ${choice}.`;
  const near = typeof input === 'string' ? suggest(input, values) : null;
  if (near === null) return `${shown(input)} is not known: write one of ${choice}.`;
  return `${shown(input)} is not known: did you mean \`${near}\`?`;
}

function tooLittle({ origin, minimum }: Extract<Issue, { code: 'too_small' }>): string {
  if (origin === 'string') return 'Write something here.';
  if (origin === 'array') return 'The list is empty: write something in it, or remove it.';
  return `Write at least ${minimum}.`;
}

function tooMuch({ origin, maximum }: Extract<Issue, { code: 'too_big' }>): string {
  if (origin === 'string') return `Write at most ${maximum} characters.`;
  if (origin === 'array') return `List at most ${maximum}.`;
  return `Write at most ${maximum}.`;
}

function shown(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'fields';
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

function list(words: readonly string[]): string {
  const first = words.map((word) => `\`${word}\``);
  return first.length < 2 ? first.join('') : `${first.slice(0, -1).join(', ')} or ${first.at(-1)}`;
}

/** The fields that may stand at a path. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at = objectsOf(schema);
  for (const key of path) at = at.flatMap((one) => objectsOf(childOf(one, key)));
  return at.flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : []));
}

type Container = z.ZodObject | z.ZodArray | z.ZodRecord;

/** What may hold something, within what a field may be. */
function objectsOf(schema: z.core.$ZodType | undefined): readonly Container[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return objectsOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(objectsOf);
  if (schema instanceof z.ZodPipe) return objectsOf(schema.in);
  const isContainer =
    schema instanceof z.ZodObject || schema instanceof z.ZodArray || schema instanceof z.ZodRecord;
  return isContainer ? [schema] : [];
}

function childOf(container: Container, key: PropertyKey): z.core.$ZodType | undefined {
  if (container instanceof z.ZodArray) return container.element;
  if (container instanceof z.ZodRecord) return container.valueType;
  return container.shape[String(key)];
}
