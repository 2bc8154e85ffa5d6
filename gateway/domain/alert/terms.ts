import type { Severity } from '../../protocol/alert.ts';
import type { PlannedHome, Responsibility } from '../duty/responsibility.ts';
import type { ChannelName } from '../notification/notification.ts';
import type { HoldReason, Reach } from './alert-event.ts';
import type { Alert } from './alert.ts';
import type { EscalationPolicy, EscalationStep } from './policy.ts';

/** Whom a policy is for. */
export interface PolicyWish {
  severity: Severity;
  municipalityId: string;
  homeId: string;
  unitId: string;
}

/** A reason to ask nobody, and until when. */
export interface Held {
  why: HoldReason;
  until: number;
}

/** What alerts go by, as people have arranged it at the time; nothing in it changes while it is used. */
export interface AlertTerms {
  newAlertId: () => string;
  responsibleFor: (home: PlannedHome, at: number) => Responsibility;
  policyFor: (wish: PolicyWish) => EscalationPolicy;
  reachOf: (
    alert: Pick<Alert, 'municipalityId' | 'unitId' | 'unitUntil' | 'severity' | 'isTest'>,
    step: EscalationStep,
    at: number,
  ) => Reach;
  /** A silence or a pause; what staff on site hold back is known by the book. */
  heldBy: (
    alert: Pick<
      Alert,
      'municipalityId' | 'homeId' | 'unitId' | 'deviceId' | 'rule' | 'severity' | 'about' | 'isTest'
    >,
    at: number,
  ) => Held | null;
  /** How this person can be told outside the dashboard, now. */
  channelsTo: (personId: string) => ReadonlySet<ChannelName>;
  /** Who tries out the home now, or this device in it; what no device tells is tried out with the home alone. */
  testModeOf: (
    homeId: string,
    deviceId: string | null,
    at: number,
  ) => { technicianId: string; until: number } | null;
}
