import type { Severity } from '../../protocol/alert.ts';
import type { PersonChannel, Target } from '../../protocol/duty/policy.ts';

/** Whom a step asks, how, and how long they have to answer before the next is asked, in milliseconds. */
export interface EscalationStep {
  asks: readonly Target[];
  channels: readonly PersonChannel[];
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

const unit: Target = { who: 'responsible-unit' };
const everyone: readonly Target[] = [{ who: 'everyone' }, { who: 'coordinators' }];
const technicians: Target = { who: 'technicians' };
const coordinators: Target = { who: 'coordinators' };
const phones: readonly PersonChannel[] = ['screen', 'push'];
const allChannels: readonly PersonChannel[] = ['screen', 'push', 'email'];

const care: EscalationPolicy = {
  id: 'care-default',
  steps: [
    { asks: [unit], channels: phones, waitMs: 60 * second },
    { asks: [unit], channels: allChannels, waitMs: 60 * second },
    { asks: everyone, channels: allChannels, waitMs: 60 * second },
  ],
  arrivalMs: 20 * minute,
  reminderMs: 30 * minute,
};

const lessUrgent: EscalationPolicy = {
  ...care,
  id: 'care-less-urgent',
  steps: [
    { asks: [unit], channels: phones, waitMs: 3 * minute },
    { asks: [unit], channels: allChannels, waitMs: 3 * minute },
    { asks: everyone, channels: allChannels, waitMs: 3 * minute },
  ],
  arrivalMs: 45 * minute,
};

const technical: EscalationPolicy = {
  id: 'technical-default',
  steps: [
    { asks: [unit, technicians], channels: ['screen'], waitMs: 8 * hour },
    { asks: [unit, technicians, coordinators], channels: ['screen', 'email'], waitMs: 24 * hour },
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

/** For alerts about the service itself: those who staff it, or those who run it. */
export const watchPolicies = {
  staffing: {
    id: 'watch-staffing',
    steps: [
      { asks: [coordinators], channels: allChannels, waitMs: 10 * minute },
      { asks: [coordinators], channels: allChannels, waitMs: 20 * minute },
      { asks: [coordinators], channels: allChannels, waitMs: hour },
    ],
    arrivalMs: 2 * hour,
    reminderMs: 4 * hour,
  },
  system: {
    id: 'watch-system',
    steps: [
      { asks: [technicians, coordinators], channels: allChannels, waitMs: 15 * minute },
      { asks: [technicians, coordinators], channels: allChannels, waitMs: hour },
      { asks: [technicians, coordinators], channels: allChannels, waitMs: 4 * hour },
    ],
    arrivalMs: 8 * hour,
    reminderMs: 8 * hour,
  },
} as const satisfies Record<string, EscalationPolicy>;

/** The alerts of a home in test mode: its technician, and then whoever else is one. */
export function testPolicy(technicianId: string): EscalationPolicy {
  return {
    id: 'test-mode',
    steps: [
      {
        asks: [{ who: 'people', ids: [technicianId] }],
        channels: phones,
        waitMs: 2 * minute,
      },
      { asks: [technicians], channels: phones, waitMs: 10 * minute },
    ],
    arrivalMs: 30 * minute,
    reminderMs: 30 * minute,
  };
}

/** After so long it is looked at again whether what is held back still has to wait. */
export const heldBackMs: Readonly<Record<Severity, number>> = {
  emergency: 10 * minute,
  high: 10 * minute,
  medium: 10 * minute,
  low: 10 * minute,
  technical: 8 * hour,
};

/** However long a hold is, it is looked at again after so long. */
export const longestHoldMs = 7 * 24 * hour;

/** No deadline of any policy lies further ahead than this; the auditor mends one that does. */
export const furthestDeadlineMs = 8 * 24 * hour;
