import type { Found } from '../../../../gateway/domain/backtest/found.ts';
import type { RealAlert } from '../../../../gateway/domain/history.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** An instant of the wall clock in Stockholm. */
export function local(text: string): number {
  return Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Stockholm').epochMilliseconds;
}

/** Of the front door, unless told; without a device it speaks of the whole home. */
export function found(at: number, more: Partial<Found> = {}): Found {
  const { rule = 'door', deviceId = 'front' } = more;
  return {
    need: deviceId === null ? rule : `${rule}/${deviceId}`,
    rule,
    version: 1,
    severity: 'high',
    deviceId,
    at,
    since: at,
    lateMs: null,
    clearedAt: null,
    ...more,
  };
}

export function real(raisedAt: number, more: Partial<RealAlert> = {}): RealAlert {
  return {
    id: `real-${raisedAt}`,
    rule: 'door',
    raisedAt,
    since: raisedAt,
    outcome: 'helped',
    ...more,
  };
}
