import type { Outcome, Queue, Severity } from '../../protocol/alert.ts';
import type { EventKind } from '../../protocol/catalogue.ts';
import type { Text } from '../../protocol/text.ts';
import type { ChannelName } from '../notification/notification.ts';
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
  /** The next deadline from now on, as far as what it is waiting for goes; the end of the unit's hours may come first. */
  dueAt: number;
}

/** Who may see the alert because they have been asked, and until when; null: as long as it is live, and a shift longer. */
export interface AskedParty {
  kind: 'unit' | 'person' | 'everyone';
  /** A unit, a person, or for everyone a municipality. */
  ref: string;
  until: number | null;
}

/** Whom an asking reaches. */
export interface Reach {
  parties: readonly AskedParty[];
  /** People who are told through their own channels, and are expected to answer. */
  people: readonly string[];
  endpoints: readonly string[];
  /** Nobody is there to answer: the step is not waited for. */
  isNobody: boolean;
}

interface Asks {
  reached: Reach;
}

/** The alert that another one waits for. */
export interface Inhibitor {
  id: string;
  title: Text;
  /** Where it was listed then: a reader without that queue is not told its title. */
  queue: Queue;
}

export type HoldReason = 'silence' | 'pause' | 'staff-on-site';

export interface Raised extends At, Due, Asks {
  type: 'raised';
  alertId: string;
  municipalityId: string;
  /** The unit that answers, and until when; null for an alert about the service itself that concerns no unit. */
  unitId: string | null;
  unitUntil: number | null;
  /** Null for an alert about the service itself. */
  homeId: string | null;
  /** The home's own unit. */
  homeUnitId: string | null;
  timeZone: string;
  deviceId: string | null;
  eventId: string | null;
  need: string;
  rule: { id: string; version: number; title: Text; action: Text | null };
  /** What the rule goes by: a call for care, everyday activity, or the equipment. */
  about: EventKind;
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
  | ({
      type: 'escalated';
      step: number;
      reason: 'unanswered' | 'pressed-again' | 'worse' | 'nobody-reached' | 'declined';
    } & At &
      Due &
      Asks)
  | ({ type: 'notified'; reason: 'reminder' } & At & Due)
  | ({
      type: 'delivered';
      step: number;
      by: string | null;
      channel: 'screen' | ChannelName;
    } & At & {
        /** The person or endpoint told, where it was no screen. */
        to: string | null;
      })
  | ({ type: 'undelivered'; channel: ChannelName; to: string; why: string } & At)
  | ({ type: 'accepted'; etaAt: number | null } & At & By & Due)
  | ({ type: 'declined' } & At & By)
  | ({ type: 'taken-over'; from: string; etaAt: number | null } & At & By & Due)
  | ({ type: 'handed-over'; to: string } & At & By & Due & Asks)
  /** Asked by whoever has it, and again by itself (`by` null) until somebody joins. */
  | ({ type: 'help-wanted'; by: string | null; step: number; helpDueAt: number } & At & Asks)
  | ({ type: 'joined' } & At & By)
  | ({ type: 'arrived' } & At & By & Due)
  | ({
      type: 'returned';
      step: number;
      by: string | null;
      reason:
        | 'no-arrival'
        | 'pressed-again'
        | 'worse'
        | 'inhibitor-resolved'
        | 'uninhibited'
        | 'handed-back'
        | 'hold-ended';
    } & At &
      Due &
      Asks)
  /** Another unit answers from now on, or the alert of a test has become a real one. `reached` null: nobody is asked anew. */
  | ({
      type: 'assigned';
      reason: 'plan' | 'test-ended';
      unitId: string | null;
      unitUntil: number | null;
      isTest: boolean;
      policy: EscalationPolicy;
      step: number;
      reached: Reach | null;
    } & At &
      Due)
  | ({ type: 'inhibited'; inhibitor: Inhibitor } & At & Due)
  | ({ type: 'cleared'; since: number } & At)
  | ({ type: 'suppressed'; reason: HoldReason; until: number } & At & Due)
  | ({ type: 'commented'; text: string } & At & By)
  | ({ type: 'resolved'; by: string | null; outcome: Outcome; note: string | null } & At);

/** The events that ask somebody. */
export type Asking = Extract<AlertEvent, { reached: Reach | null }>;
