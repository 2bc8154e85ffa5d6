import type { Severity } from '../../protocol/alert.ts';
import type { EventType } from '../../protocol/catalogue.ts';
import type { Cursor, WrittenHome } from './progress.ts';

/** A device's event as the log has it, with where the device was at that time. */
export interface SourcedEvent {
  seq: number;
  municipalityId: string;
  /** Null: the device was in no home. */
  homeId: string | null;
  deviceId: string;
  /** The kind of device. */
  profile: string;
  room: string | null;
  type: EventType;
  at: number;
  receivedAt: number;
  data: Readonly<Record<string, unknown>>;
  timeZone: string;
  /** Whether all who live there agree, then and now, that how they live is followed over time. */
  isConsented: boolean;
}

/** How much happened in a room in a quarter of an hour, as far as the log has been read. */
export interface QuarterCount {
  municipalityId: string;
  homeId: string;
  room: string;
  lane: string;
  /** When the quarter begins. */
  at: number;
  count: number;
  timeZone: string;
}

/** How an alert fared, as far as the log has been read; epoch milliseconds, null: not yet. */
export interface AlertMilestones {
  alertId: string;
  /** Of the event that raised it. */
  seq: number;
  municipalityId: string;
  unitId: string | null;
  rule: string;
  severity: Severity;
  isTest: boolean;
  raisedAt: number;
  screenAt: number | null;
  acceptedAt: number | null;
  arrivedAt: number | null;
  resolvedAt: number | null;
  timeZone: string;
}

/** The gateway as it was at a minute; fields of the measurement `system`. */
export interface SystemSample {
  seq: number;
  at: number;
  values: Readonly<Record<string, number>>;
}

export interface LogPage {
  events: readonly SourcedEvent[];
  quarters: readonly QuarterCount[];
  alerts: readonly AlertMilestones[];
  samples: readonly SystemSample[];
  next: Cursor;
  /** Whether there is more to read now. */
  isMore: boolean;
}

/** What happened in a home, in whole hours. */
export interface HomePage {
  events: readonly SourcedEvent[];
  quarters: readonly QuarterCount[];
  /** From when on the rest happened; null: there is none. */
  next: number | null;
}

/** The logs, for those who write them elsewhere. */
export interface TelemetrySource {
  /** Up to `limit` lines of each log after the cursor. */
  read: (after: Cursor, limit: number) => Promise<LogPage>;
  /**
   * What happened in a home from a time on and since its consent to statistics, up to and with a line of the log: about
   * `limit` lines in the order of event time, so that an hour is never divided.
   */
  readHome: (
    homeId: string,
    span: { from: number; to: Cursor['event'] },
    limit: number,
  ) => Promise<HomePage>;
  /** When the oldest line after the cursor came; null: there is none. */
  waitingSince: (after: Cursor) => Promise<number | null>;
  /** The cursor from which on everything that happened at or after `at` is read. */
  cursorAt: (at: number) => Promise<Cursor>;
  /** The end of the logs. */
  end: () => Promise<Cursor>;
  /** Homes where somebody has ever consented to statistics. */
  everFollowed: () => Promise<readonly string[]>;
  /**
   * Of these homes, those where statistics are not consented to now, or where somebody has withdrawn something since they
   * were noted.
   */
  withdrawn: (homes: readonly WrittenHome[]) => Promise<readonly Withdrawal[]>;
}

export interface Withdrawal {
  id: string;
  /** When something was withdrawn last, though some of how they live may still be followed; null: nothing may. */
  partlyAt: number | null;
}
