/** A length of time in the largest unit that fits, as people say it. */
export interface Span {
  value: number;
  unit: 's' | 'min' | 'h' | 'd';
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Rounded down, never negative: what has not yet been a whole minute is told in seconds. */
export function spanOf(lengthMs: number): Span {
  const length = Math.max(0, lengthMs);
  if (length < minute) return { value: Math.floor(length / second), unit: 's' };
  if (length < hour) return { value: Math.floor(length / minute), unit: 'min' };
  if (length < 2 * day) return { value: Math.floor(length / hour), unit: 'h' };
  return { value: Math.floor(length / day), unit: 'd' };
}

/** The clocks of two machines agree only so well: ten minutes and a second are ten minutes. */
const slackMs = 2 * second;

/** For a countdown: rounded up, so that it does not say that less is left than there is. */
export function spanUntil(lengthMs: number): Span {
  const length = Math.max(0, lengthMs);
  if (length <= 90 * second) return { value: Math.ceil(length / second), unit: 's' };
  const almost = length - slackMs;
  if (length <= 90 * minute) return { value: Math.ceil(almost / minute), unit: 'min' };
  return { value: Math.ceil(almost / hour), unit: 'h' };
}
