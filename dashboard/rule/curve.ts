import { durationText } from './draft.ts';

/** Where a value lies among those that were tried, which are set out evenly. */
export function positionOf(value: number, values: readonly number[]): number | null {
  const index = values.findIndex((one) => one >= value);
  const at = values[index];
  if (at === undefined) return null;
  if (at === value) return index;
  const before = values[index - 1];
  return before === undefined ? null : index - 1 + (value - before) / (at - before);
}

/** As rules write it, with all its units: an axis has little room. */
export function shortDuration(lengthMs: number): string {
  const minutes = Math.floor(lengthMs / 60_000);
  const seconds = Math.round((lengthMs % 60_000) / 1_000);
  return minutes === 0 || seconds === 0
    ? durationText(lengthMs)
    : `${durationText(minutes * 60_000)} ${seconds}s`;
}
