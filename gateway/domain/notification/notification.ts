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

/** What is kept until it is told. Survives a restart; at least once, always with the same id. */
export interface Outbox {
  /** Notifications of one channel that are due at `at`, oldest first. */
  due: (channel: ChannelName, at: number, limit: number) => Promise<readonly Waiting[]>;
  /** Ends it. Notes it in the alert's timeline if it was an asking. */
  settle: (id: string, fate: Fate, at: number, why: string | null) => Promise<void>;
  /** It is tried again at `dueAt`. */
  putOff: (id: string, dueAt: number, why: string) => Promise<void>;
  /**
   * For each of these receivers: when something last reached it, and what last did not, be it given up or still tried.
   * A receiver that nothing was sent to is left out.
   */
  latest: (
    channel: ChannelName,
    targets: readonly string[],
  ) => Promise<
    ReadonlyMap<string, { deliveredAt: number | null; failure: { at: number; why: string } | null }>
  >;
  /** Per channel: how many wait, and since when the oldest does; and failures after `since`. */
  state: (since: number) => Promise<
    readonly {
      municipalityId: string;
      channel: ChannelName;
      waiting: number;
      oldestAt: number | null;
      failed: number;
      delivered: number;
      lastFailure: string | null;
    }[]
  >;
}
