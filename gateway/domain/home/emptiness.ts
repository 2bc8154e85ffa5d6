import type { EventType } from '../../protocol/catalogue.ts';
import type { HomeState } from './home-state.ts';
import { firstTrace, isTraceFull } from './trace.ts';

/** From here on nobody is at home, as far as is known. */
export const emptyingTypes: readonly EventType[] = ['area.left'];

/** Somebody is at home. A door alone does not tell: it is how people leave. */
export const occupyingTypes: readonly EventType[] = [
  'area.entered',
  'motion.detected',
  'presence.detected',
  'bed.entered',
  'bed.left',
  'person.out-of-bed',
  'person.left-room',
  'person.seen',
  'medication.taken',
  'fall.detected',
  'help.pressed',
];

/** How long a home is believed to be empty without another word. */
export const believedEmptyMs = 24 * 3_600_000;

export interface Pause {
  from: number;
  to: number;
}

/** The times in which the home is known to have been empty, soonest first. */
export function pausesOf(state: HomeState): readonly Pause[] {
  return emptyingTypes
    .flatMap((type) => state.traces[type] ?? [])
    .map(([from]) => ({ from, to: Math.min(from + believedEmptyMs, returnedAt(state, from)) }))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from);
}

/** When somebody was noticed after `left`; at once where too much has been heard since to tell. */
function returnedAt(state: HomeState, left: number): number {
  if (occupyingTypes.some((type) => isTraceFull(state, type, left))) return left;
  const span = { since: left, until: Infinity, scope: '' };
  return firstTrace(state, occupyingTypes, span) ?? Infinity;
}
