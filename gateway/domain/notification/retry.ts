import type { Severity } from '../../protocol/alert.ts';
import type { NotificationKind } from './notification.ts';

interface Pace {
  firstMs: number;
  mostMs: number;
}

/** The more urgent, the sooner it is tried again. */
const paces: Readonly<Record<Severity, Pace>> = {
  emergency: { firstMs: 2_000, mostMs: 30_000 },
  high: { firstMs: 5_000, mostMs: 60_000 },
  medium: { firstMs: 15_000, mostMs: 300_000 },
  low: { firstMs: 15_000, mostMs: 300_000 },
  technical: { firstMs: 15_000, mostMs: 300_000 },
};

/** Counted from when it was first to be told. Help that was on its way long ago reassures nobody. */
const giveUpAfterMs: Readonly<Record<NotificationKind, number>> = {
  asked: 3_600_000,
  taken: 3_600_000,
  resolved: 3_600_000,
  reassure: 300_000,
};

/** However long a receiver wants to rest: it is asked again while there is time left to be heard. */
export const longestWaitMs = 600_000;

export interface Attempt {
  kind: NotificationKind;
  severity: Severity;
  /** How many attempts came before the one that has just failed. */
  attempts: number;
  /** When it was first to be told. */
  at: number;
  /** The receiver does not want to be tried again before. */
  afterMs?: number;
}

/** When to try again after a failure at `now`, or null to give up; `dice` in [0, 1) spreads what failed at once. */
export function retryAt(attempt: Attempt, now: number, dice: number): number | null {
  const { firstMs, mostMs } = paces[attempt.severity];
  const backOffMs = Math.min(mostMs, firstMs * 2 ** Math.min(attempt.attempts, 20));
  const spreadMs = backOffMs * (0.75 + dice / 2);
  const dueAt = now + Math.round(Math.max(spreadMs, Math.min(attempt.afterMs ?? 0, longestWaitMs)));
  return dueAt > attempt.at + giveUpAfterMs[attempt.kind] ? null : dueAt;
}
