import type { Severity } from '../../protocol/alert.ts';
import type { EventKind } from '../../protocol/catalogue.ts';
import type { Text } from '../../protocol/text.ts';

/** A home's need, as its rules see it: the alert machine makes an alert, or a repetition, of it. */
export interface Raise {
  type: 'raise';
  /** The same need while an alert is live is never a second alert. Unique within the home. */
  need: string;
  /** `action` is what to do on arrival, where the rule says so. */
  rule: { id: string; version: number; title: Text; action: Text | null };
  severity: Severity;
  /** What the rule goes by. */
  about: EventKind;
  deviceId: string | null;
  eventId: string | null;
  /** Event time of what happened. */
  since: number;
  /** How late, in milliseconds, when a backlog or an outage held it up; else null. */
  lateMs: number | null;
  /** Pressed again: whoever is asked has not answered, so ask on at once. */
  urgent: boolean;
  /** Worsens an alert that is live, and means nothing without one. */
  worsening: boolean;
  leavesWhenCleared: boolean;
  /** Rules whose alerts in the home are held back while this one's is live. */
  inhibits: readonly string[];
}

export interface Clear {
  type: 'clear';
  need: string;
  /** Event time at which the condition ended. */
  since: number;
}

export type Call = Raise | Clear;

/** A call this much later than it would have been in time is marked late. */
export const lateAfterMs = 60_000;
