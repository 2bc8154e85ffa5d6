/**
 * Something has begun; unless it ends by `deadline` it calls for help. It must last (`for`), hold until the rule may call
 * again (`cooldown`), or be followed by something that reassures (`then`).
 */
export interface Wait {
  rule: string;
  /** The version it began under, and ends under. */
  version?: number;
  kind: 'for' | 'cooldown' | 'then';
  /** The device it is about, or empty when the rule speaks of the whole home. */
  scope: string;
  deviceId: string;
  eventId: string;
  /** Event time of the beginning and of the end. */
  since: number;
  deadline: number;
  /** When the sweep may judge it: after the deadline, and after the rest of a backlog. */
  dueAt: number;
}

/** A silence that has ended, but may have been too long; a late event may still fall into it. */
export interface Gap {
  /** Event times between which nothing was heard. */
  from: number;
  to: number;
  dueAt: number;
}

/** When something expected was last heard. */
export interface Silence {
  last: number;
  /** When to look again; never later than the silence would be too long. */
  checkAt: number;
  /** When the silence that goes on was raised; null if it was not. */
  raisedAt: number | null;
  gaps: readonly Gap[];
}

/** A time in which the gateway could not hear the home; `to` is null while it still cannot. */
export interface Away {
  from: number;
  to: number | null;
  /** When the home was told of it. */
  notedAt: number;
}

/** A recent event that may end what has yet to arrive: event time and device. */
export type Trace = readonly [at: number, deviceId: string];

/** An event that counts towards `count`. */
export type Counted = readonly [at: number, deviceId: string, eventId: string];

/** All that a home's rules remember between events. */
export interface HomeState {
  waits: readonly Wait[];
  silences: Readonly<Record<string, Silence>>;
  traces: Readonly<Record<string, readonly Trace[]>>;
  /** When to look at the home although nothing in it is due: no tick has yet waited for all that is expected. */
  wakeAt?: number;
  /** The rules by which its silences were last judged. */
  judgedBy?: number;
  /** The latest events that each need counts. */
  counts?: Readonly<Record<string, readonly Counted[]>>;
  /** Event time of the latest call for each need that is not to be called for again too soon. */
  called?: Readonly<Record<string, number>>;
  /** The latest times in which it could not be heard, soonest first. */
  aways?: readonly Away[];
  /** When each notice about the equipment was last given. */
  notices?: Readonly<Record<string, number>>;
}

export const emptyHome: HomeState = { waits: [], silences: {}, traces: {} };

/** When the sweep must look at the home again; null if nothing is pending. */
export function homeDueAt(state: HomeState): number | null {
  let due = state.wakeAt ?? Infinity;
  for (const wait of state.waits) due = Math.min(due, wait.dueAt);
  for (const key in state.silences) due = Math.min(due, state.silences[key]?.checkAt ?? Infinity);
  return due === Infinity ? null : due;
}
