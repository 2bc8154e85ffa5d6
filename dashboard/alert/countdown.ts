import type { AlertView } from '../../gateway/protocol/alert.ts';

/** How much of the ring is left, from 1 to 0; `startAt` is when the step began. */
export function remainingShare(startAt: number, endAt: number, now: number): number {
  if (endAt <= startAt) return 0;
  return Math.min(1, Math.max(0, (endAt - now) / (endAt - startAt)));
}

/** When the step under way began: as the stream told; else when it was raised, if it has moved no further; else when it was first seen. */
export function stepStart(
  alert: AlertView,
  toldAt: number | undefined,
  firstSeenAt: number,
): number {
  if (toldAt !== undefined) return toldAt;
  const isFirst = alert.state === 'firing' && alert.step === 0 && alert.repeats === 0;
  return isFirst ? alert.raisedAt : firstSeenAt;
}
