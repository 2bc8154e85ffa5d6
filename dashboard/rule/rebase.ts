import type { FieldChange } from './draft.ts';
import { type FieldPath, fieldsOf, withField } from './rule-yaml.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What somebody changed since `base`, done again on what it has become meanwhile; all else stays as it has become. */
export function rebase(base: string, mine: string, newest: string): string {
  const [from, to] = [fieldsOf(base), fieldsOf(mine)];
  if (from === null || to === null) return mine;
  return changesOf(from, to).reduce((text, [path, value]) => withField(text, path, value), newest);
}

/** Field by field; lists and values are changed as wholes. */
function changesOf(from: Fields, to: Fields, above: readonly string[] = []): FieldChange[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names.flatMap((name): FieldChange[] => {
    const [before, after] = [from[name], to[name]];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const [first, ...rest] = [...above, name];
    const path: FieldPath = [first, ...rest];
    if (isFields(before) && isFields(after)) return changesOf(before, after, path);
    return [[path, after]];
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
