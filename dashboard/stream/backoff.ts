const firstMs = 500;
const mostMs = 8_000;

/** How long to wait before attempt number `attempt` (from 0); `dice` is in [0, 1), so that screens do not come back at once. */
export function backoffMs(attempt: number, dice: number): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling * (0.5 + dice / 2));
}
