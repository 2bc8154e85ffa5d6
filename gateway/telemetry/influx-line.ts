import type { Point } from '../domain/series/point.ts';
import type { SeriesQuestion } from '../domain/series/query.ts';
import { faultOf } from './point-check.ts';

// The line protocol has no way to write these: a control character, or a backslash before what it would escape.
// oxlint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u001F\u007F]|\\(?:[\\,= ']|$)/;

/** Whether a series can have this as the value of a tag; one that cannot was never written. */
export function isWritableTag(value: string): boolean {
  return value !== '' && value.isWellFormed() && !unwritable.test(value);
}

/** Whether there can be an answer at all; an empty text would ask InfluxDB for what has no such tag. */
export function isAskable({ municipalityId, where, from, to }: SeriesQuestion): boolean {
  return from < to && [municipalityId, ...Object.values(where)].every(isWritableTag);
}

/** Why InfluxDB may not be given this point, or null. */
export function lineFaultOf(point: Point): string | null {
  const odd = Object.entries(point.tags).find(([, value]) => !isWritableTag(value));
  return (
    faultOf(point) ??
    (odd === undefined ? null : `Its tag ${odd[0]} has characters that InfluxDB cannot be sent.`)
  );
}

/** The point's time in nanoseconds, as text: more digits than a number has. */
export function nanosecondsOf({ at, seq }: Pick<Point, 'at' | 'seq'>): string {
  return (BigInt(at) * 1_000_000n + (BigInt(seq) % 1_000_000n)).toString();
}

/** Tags by name, as InfluxDB likes them best. */
export function sortedTagsOf({ tags }: Point): [string, string][] {
  return Object.entries(tags).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
