import type { Span } from '../history.ts';
import { difference, unionOf } from '../roster/interval.ts';
import type { HomeFact, RestFact } from './report-source.ts';
import { placedWithin } from './uptime.ts';

/** Of itself it supervises nobody. */
const hub = 'hub';

/** On how many of these days a device stood in the home for a time, and the home was not paused all the while. */
export function supervisedDays(
  { id, placed }: HomeFact,
  days: readonly Span[],
  rests: readonly RestFact[],
): number {
  const from = days[0]?.from ?? 0;
  const to = days.at(-1)?.to ?? 0;
  const devices = placed.filter(({ kind }) => kind !== hub);
  const pauses = rests.filter(({ homeId, kind }) => homeId === id && kind === 'pause');
  const supervised = difference(placedWithin(devices, { from, to }), unionOf(pauses));
  return days.filter((day) => supervised.some((time) => time.from < day.to && day.from < time.to))
    .length;
}
