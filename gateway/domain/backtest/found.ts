import type { Severity } from '../../protocol/alert.ts';
import type { Alert } from '../alert/alert.ts';

/** An alert that rules would have raised. */
export interface Found {
  need: string;
  rule: string;
  version: number;
  severity: Severity;
  deviceId: string | null;
  /** When it would have been raised, and when it happened in the home. */
  at: number;
  since: number;
  lateMs: number | null;
  clearedAt: number | null;
}

export function foundOf(alert: Alert): Found {
  return {
    need: alert.need,
    rule: alert.rule.id,
    version: alert.rule.version,
    severity: alert.severity,
    deviceId: alert.deviceId,
    at: alert.raisedAt,
    since: alert.since,
    lateMs: alert.lateMs,
    clearedAt: alert.clearedAt,
  };
}
