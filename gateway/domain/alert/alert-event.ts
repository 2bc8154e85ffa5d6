import type { Outcome, Queue, Severity } from '../../protocol/alert.ts';
import type { Text } from '../../protocol/text.ts';
import type { EscalationPolicy } from './policy.ts';

interface At {
  /** When it was decided, in epoch milliseconds of the gateway's clock. */
  at: number;
}

interface By {
  /** The user's id. */
  by: string;
}

interface Due {
  /** The next deadline from now on. */
  dueAt: number;
}

/** The alert that another one waits for. */
export interface Inhibitor {
  id: string;
  title: Text;
  /** Where it was listed then: a reader without that queue is not told its title. */
  queue: Queue;
}

export interface Raised extends At, Due {
  type: 'raised';
  alertId: string;
  municipalityId: string;
  unitId: string;
  homeId: string;
  deviceId: string | null;
  eventId: string | null;
  need: string;
  rule: { id: string; version: number; title: Text; action: Text | null };
  severity: Severity;
  since: number;
  lateMs: number | null;
  leavesWhenCleared: boolean;
  inhibits: readonly string[];
  isTest: boolean;
  policy: EscalationPolicy;
}

/** What happened to an alert, as it is kept for ever; the alert itself is only their sum. */
export type AlertEvent =
  | Raised
  | ({
      type: 'repeated';
      deviceId: string | null;
      eventId: string | null;
      severity: Severity;
      since: number;
    } & At)
  | ({ type: 'escalated'; step: number; reason: 'unanswered' | 'pressed-again' | 'worse' } & At &
      Due)
  | ({ type: 'notified'; reason: 'reminder' } & At & Due)
  | ({ type: 'delivered'; step: number } & At & By)
  | ({ type: 'accepted'; etaAt: number | null } & At & By & Due)
  | ({ type: 'declined' } & At & By)
  | ({ type: 'arrived' } & At & By & Due)
  | ({
      type: 'returned';
      step: number;
      reason: 'no-arrival' | 'pressed-again' | 'worse' | 'inhibitor-resolved' | 'uninhibited';
    } & At &
      Due)
  | ({ type: 'inhibited'; inhibitor: Inhibitor } & At & Due)
  | ({ type: 'cleared'; since: number } & At)
  | ({ type: 'suppressed' } & At & By & Due)
  | ({ type: 'commented'; text: string } & At & By)
  | ({ type: 'resolved'; by: string | null; outcome: Outcome; note: string | null } & At);
