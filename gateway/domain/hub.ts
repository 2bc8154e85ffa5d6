import type { AlertEvent } from './alert/alert-event.ts';
import type { Alert } from './alert/alert.ts';
import type { AlertNames } from './alert/present.ts';

/** A change that has been committed, with what is needed to show it. */
export interface CommittedChange {
  seq: number;
  event: AlertEvent;
  /** As it is after all of its events in this commit. */
  alert: Alert;
  /** As it was before the commit; null if it is new. */
  before: Alert | null;
  names: AlertNames;
}

/** Carries what has been committed to those who show it: all of one commit at a time, in order. */
export interface Hub {
  publish: (changes: readonly CommittedChange[]) => void;
  /** Answers the function that ends the subscription. */
  subscribe: (listener: (changes: readonly CommittedChange[]) => void) => () => void;
}
