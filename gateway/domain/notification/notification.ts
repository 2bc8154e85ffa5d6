import type { Severity } from '../../protocol/alert.ts';

/** How something is told outside the dashboard. What screens show is the alert itself, and its receipt. */
export const channelNames = ['push', 'email', 'webhook', 'device'] as const;
export type ChannelName = (typeof channelNames)[number];

/** What is told: somebody is asked; a webhook hears what became of it; the wearer hears that help is on its way. */
export type NotificationKind = 'asked' | 'taken' | 'resolved' | 'reassure';

/**
 * One thing to be told to one receiver. Its id follows from what it is (`{alertId}:{asking}:{channel}:{kind}:{target}`),
 * so that the same is never kept twice, and a receiver that hears it again knows it.
 */
export interface Notification {
  id: string;
  municipalityId: string;
  alertId: string;
  /** Which asking of the alert it belongs to, from 1. */
  asking: number;
  /** Of the alert when it was kept: the more urgent is told first. */
  severity: Severity;
  kind: NotificationKind;
  channel: ChannelName;
  /** A person, an endpoint, or a device. */
  target: string;
  at: number;
}

/** A notification that waits to be sent. */
export interface Waiting extends Notification {
  attempts: number;
  dueAt: number;
}

/**
 * What became of one attempt. `gone`: the address is no longer one; `refused`: never this message. `afterMs`: the
 * receiver asked not to be tried again before. `why` names no person and no address.
 */
export type Sent =
  | { result: 'delivered' }
  | { result: 'retry'; why: string; afterMs?: number }
  | { result: 'gone' | 'refused'; why: string };

/** Kept with the notification: `overtaken` when the alert was answered before it was sent. */
export type Fate = 'delivered' | 'failed' | 'overtaken';

/** How a notification ended. */
export interface Settled {
  id: string;
  fate: Fate;
  at: number;
  /** Null when it was delivered. */
  why: string | null;
}

/** What last became of what was sent to somebody. */
export interface LastSent {
  deliveredAt: number | null;
  failure: { at: number; why: string } | null;
}

/**
 * What is kept until it is told. Survives a restart; at least once, always with the same id. It is filled by
 * `Ledger.enqueue` and ended by `Ledger.settle`, so that it and the timeline of the alert never say different things.
 */
export interface Outbox {
  /** Notifications of one channel that are due at `at`, the most urgent first and of those the longest due; a clock that was set back holds up none. */
  due: (channel: ChannelName, at: number, limit: number) => Promise<readonly Waiting[]>;
  /** An attempt at `at` has failed; it is tried again at `dueAt`. */
  putOff: (failure: { id: string; at: number; dueAt: number; why: string }) => Promise<void>;
  /**
   * Per municipality and channel: how many wait, and since when the oldest does; what was settled at or after `since`;
   * and why the last that failed did, whether it was given up since or still waits. Nothing for those with neither.
   */
  state: (since: number) => Promise<readonly ChannelState[]>;
  /**
   * For each of these receivers: when something last reached it, and what last did not, be it given up or still tried.
   * A receiver that nothing was sent to, in the time that is remembered, is left out.
   */
  latest: (
    channel: ChannelName,
    targets: readonly string[],
  ) => Promise<ReadonlyMap<string, LastSent>>;
  /** Removes what was settled before that; answers how many. */
  forget: (before: number) => Promise<number>;
}

export interface ChannelState {
  municipalityId: string;
  channel: ChannelName;
  waiting: number;
  oldestAt: number | null;
  /** When that which waits and has been due the longest was to be sent, or sent again. */
  dueAt: number | null;
  /** What was given up, and what was tried in vain until it was overtaken. */
  failed: number;
  delivered: number;
  /** The most that failed to reach one receiver that nothing has reached. */
  failedAtOne: number;
  lastFailure: string | null;
}
