import type { Json } from '../domain/dialect.ts';
import type { Draft, Told } from './draft.ts';
import { field, fieldsOf, numberOf } from './loose-json.ts';

const minute = 60_000;

interface Thinning {
  /** The least change worth telling. */
  by: number;
  /** The least change worth telling as a part of what was told last, where that is more. */
  part?: number;
  /** In milliseconds; it is told at least so often, however little it changes. */
  everyMs: number;
}

/** A measurement is told when it has changed enough, and at least so often. */
const thinnings = {
  battery: { by: 0.01, everyMs: 24 * 60 * minute },
  linkquality: { by: 10, everyMs: 60 * minute },
  temperature: { by: 0.2, everyMs: 10 * minute },
  humidity: { by: 2, everyMs: 10 * minute },
  illuminance: { by: 5, part: 0.1, everyMs: 30 * minute },
  power: { by: 2, part: 0.1, everyMs: 30 * minute },
} as const satisfies Record<string, Thinning>;

export type Thinned = keyof typeof thinnings;

/** Whether a value is worth telling after what its device told last; it is then what was told last. */
export function isWorthTelling(
  draft: Draft,
  { source }: Told,
  kind: Thinned,
  value: number,
): boolean {
  const { by, part = 0, everyMs }: Thinning = thinnings[kind];
  const key = `measured ${source}`;
  const all = draft.recall(key);
  const before = field(all, kind);
  const was = numberOf(field(before, 'value'));
  const age = draft.receivedAt - (numberOf(field(before, 'at')) ?? -Infinity);
  const isAlike = was !== null && Math.abs(value - was) < Math.max(by, part * Math.abs(was)) - 1e-9;
  if (isAlike && age >= 0 && age < everyMs) return false;
  const told = { value, at: draft.receivedAt };
  draft.remember(key, { ...fieldsOf(all), [kind]: told } as Json);
  return true;
}
