import { readRules, type RuleProblem } from '../../gateway/protocol/rule/read-rule.ts';
import type { Rule } from '../../gateway/protocol/rule/rule.ts';
import { fieldsOf, withField, type FieldPath } from './rule-yaml.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A rule that somebody is writing, as a form and as text at once. */
export interface Draft {
  source: string;
  /** What the form shows: the text, or the last that it could read. */
  fields: Fields;
  /** Null until the text can be used. */
  rule: Rule | null;
  problems: readonly RuleProblem[];
  /** The text was typed and cannot be used: the form waits, so that it overwrites nothing. */
  isLocked: boolean;
}

export type DraftChange =
  | { type: 'open'; source: string }
  | { type: 'type'; source: string }
  | { type: 'fill'; changes: readonly FieldChange[] };

export type FieldChange = readonly [path: FieldPath, value: unknown];

export function openDraft(source: string): Draft {
  const fields = fieldsOf(source);
  return judge({ source, fields: fields ?? {}, isFromForm: false });
}

/** What the form changes is changed in the text, there and nowhere else; what is typed as text fills the form when it reads. */
export function changeDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.type) {
    case 'open':
      return openDraft(change.source);
    case 'type':
      return judge({ source: change.source, fields: draft.fields, isFromForm: false });
    case 'fill': {
      if (draft.isLocked) return draft;
      const source = change.changes.reduce(
        (text, [path, value]) => withField(text, path, value),
        draft.source,
      );
      return judge({ source, fields: draft.fields, isFromForm: true });
    }
  }
}

interface Text {
  source: string;
  fields: Fields;
  isFromForm: boolean;
}

function judge({ source, fields, isFromForm }: Text): Draft {
  const read = readOne(source);
  const isLocked = !read.ok && !isFromForm;
  return {
    source,
    fields: isLocked ? fields : (fieldsOf(source) ?? fields),
    rule: read.ok ? read.rule : null,
    problems: read.ok ? [] : read.problems,
    isLocked,
  };
}

type ReadOne = { ok: true; rule: Rule } | { ok: false; problems: readonly RuleProblem[] };

function readOne(source: string): ReadOne {
  const read = readRules(source);
  if (!read.ok) return { ok: false, problems: read.problems.map(withoutIndex) };
  const [first, second] = read.rules;
  if (first !== undefined && second === undefined) return { ok: true, rule: first.rule };
  const { line } = second ?? { line: 1 };
  return { ok: false, problems: [{ line, column: 1, path: '', message: onlyOne }] };
}

/** Told apart from other problems by `explainProblem`, which says it in the reader's language. */
export const onlyOne = 'Write one rule here, and one only.';

/** The text holds a single rule: its places need no number. */
export function withoutIndex<T extends { path: string }>(problem: T): T {
  return { ...problem, path: problem.path.replace(/^0(\.|$)/, '') };
}

/** What is wrong with one field, or with something within it. */
export function problemAt(
  problems: readonly { path: string; message: string }[],
  path: FieldPath,
): string | null {
  const place = path.join('.');
  const found = problems.find((one) => one.path === place || one.path.startsWith(`${place}.`));
  return found?.message ?? null;
}

export function fieldAt(fields: Fields, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    fields,
  );
}

export function textAt(fields: Fields, path: FieldPath): string {
  const value = fieldAt(fields, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** One or several, as a list. */
export function listAt(fields: Fields, path: FieldPath): string[] {
  const value = fieldAt(fields, path);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export const durationUnits = ['s', 'm', 'h', 'd'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** A duration as two fields; total, since it may be half typed. */
export function splitDuration(text: string): { count: string; unit: DurationUnit } {
  const unit = durationUnits.find((one) => text.endsWith(one));
  return { count: unit === undefined ? text : text.slice(0, -1), unit: unit ?? 'm' };
}

/** A duration as rules write it, in the largest unit that is exact. */
export function durationText(lengthMs: number): string {
  const seconds = Math.max(1, Math.round(lengthMs / 1_000));
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600}h`;
  if (seconds % 60 === 0) return `${seconds / 60}m`;
  return `${seconds}s`;
}
