import type { Severity } from '../../protocol/alert.ts';

/** Who is asked in a step, and how long they have to answer before the next is asked, in milliseconds. */
export interface EscalationStep {
  audience: 'unit' | 'municipality';
  waitMs: number;
}

/** Frozen into an alert when it is raised; the last step repeats until somebody accepts. */
export interface EscalationPolicy {
  id: string;
  steps: readonly [EscalationStep, ...EscalationStep[]];
  /** How long an acceptance holds before the alert is asked for again, unless more was promised. */
  arrivalMs: number;
  /** How often whoever is on site is reminded to resolve. */
  reminderMs: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const care: EscalationPolicy = {
  id: 'care-default',
  steps: [
    { audience: 'unit', waitMs: 60 * second },
    { audience: 'unit', waitMs: 60 * second },
    { audience: 'municipality', waitMs: 60 * second },
  ],
  arrivalMs: 20 * minute,
  reminderMs: 30 * minute,
};

const lessUrgent: EscalationPolicy = {
  ...care,
  id: 'care-less-urgent',
  steps: [
    { audience: 'unit', waitMs: 3 * minute },
    { audience: 'unit', waitMs: 3 * minute },
    { audience: 'municipality', waitMs: 3 * minute },
  ],
  arrivalMs: 45 * minute,
};

const technical: EscalationPolicy = {
  id: 'technical-default',
  steps: [
    { audience: 'unit', waitMs: 8 * hour },
    { audience: 'municipality', waitMs: 24 * hour },
  ],
  arrivalMs: 72 * hour,
  reminderMs: 24 * hour,
};

/** Used where a municipality has none of its own: no matching policy means this one, never nobody. */
export const defaultPolicies: Readonly<Record<Severity, EscalationPolicy>> = {
  emergency: care,
  high: care,
  medium: lessUrgent,
  low: lessUrgent,
  technical,
};

/** After so long it is looked at again whether what is held back still has to wait. */
export const heldBackMs: Readonly<Record<Severity, number>> = {
  emergency: 10 * minute,
  high: 10 * minute,
  medium: 10 * minute,
  low: 10 * minute,
  technical: 8 * hour,
};

/** No deadline of any policy lies further ahead than this; the auditor mends one that does. */
export const furthestDeadlineMs = 8 * 24 * hour;
