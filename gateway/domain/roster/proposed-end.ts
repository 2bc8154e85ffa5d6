import type { Window } from '../home/wall-clock.ts';
import type { Shift } from './shifts.ts';

const hourMs = 3_600_000;
/** How early one may come to a shift and still mean that one. */
const earlyMs = 2 * hourMs;
/** Where nothing is planned. */
const usualMs = 8 * hourMs;
const quarterMs = hourMs / 4;

/** The furthest that somebody may say they stay. */
export const longestDutyMs = 24 * hourMs;

/**
 * Until when somebody who checks in now probably stays: until the end of their planned shift; without one, of the hours in
 * which the unit answers; where it always does, for eight hours.
 */
export function proposedEnd(
  { shifts, hours }: { shifts: readonly Shift[]; hours: readonly Window[] },
  personId: string,
  at: number,
): number {
  const isNow = ({ from, to }: Window) => from <= at + earlyMs && to > at + quarterMs;
  const own = shifts.filter((shift) => shift.personId === personId).find(isNow);
  const window = own ?? hours.find(isNow);
  const end = window?.to ?? Infinity;
  if (end < at + longestDutyMs) return end;
  return Math.ceil((at + usualMs) / quarterMs) * quarterMs;
}
