import type { Point } from '../domain/series/point.ts';
import { isMeasurement, measurements } from '../protocol/series/measurement.ts';

/** Why no store may ever be given this point, or null. */
export function faultOf({ measurement, tags, fields, at, seq }: Point): string | null {
  if (!isMeasurement(measurement)) return 'It is of a measurement that nobody knows.';
  const empty = Object.entries(tags).find(([, value]) => value === '');
  if (empty !== undefined) return `Its tag ${empty[0]} is empty.`;
  const given = Object.entries(fields);
  if (given.length === 0) return 'It has no field.';
  const known = measurements[measurement].fields;
  const strange = given.find(([name]) => !Object.hasOwn(known, name));
  if (strange !== undefined) return `${measurement} has no field ${strange[0]}.`;
  const unreal = given.find(([, value]) => !Number.isFinite(value));
  if (unreal !== undefined) return `Its field ${unreal[0]} is not a number.`;
  return Number.isSafeInteger(at) && Number.isSafeInteger(seq) ? null : 'It is of no time.';
}
