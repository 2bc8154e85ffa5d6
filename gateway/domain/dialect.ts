import type { EventType } from '../protocol/catalogue.ts';
import type { DeviceProfile, DialectName } from '../protocol/device/device-profile.ts';

/** What can be kept from one message to the next. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/** A fact as a dialect understood it. */
export interface Reading {
  /**
   * Unique for ever among the events of its device, and the same when the message comes again; null where the source
   * gives nothing to tell a repetition by, so that only the link's own mark of a repeated message does.
   */
  id: string | null;
  type: EventType;
  /** Event time by the device's own clock, in epoch milliseconds; null when it told none. */
  time: number | null;
  data: Readonly<Record<string, unknown>>;
  /** The address of the device behind the sender: IEEE, EUI or serial, never a name. Absent: the sender itself. */
  source?: string;
  /** Kept as history and judged by no rule: the device stored it and tells it long afterwards. */
  isHistory?: true;
}

/** A device behind the sender, as the sender describes it. */
export interface Found {
  address: string;
  /** What it is called there; a label and no identity. */
  label: string;
  vendor: string | null;
  model: string | null;
  firmware?: string | null;
  /** What it can tell, worked out from the description; null while nothing is known. */
  profile: DeviceProfile | null;
  /** A makeshift address under which it was known before its own came to light. */
  formerly?: string;
}

/** Something a message said that has no meaning here; counted for its device, and shown to technicians. */
export interface NotUnderstood {
  source?: string;
  /** What it was, such as `action` or a topic's last word; at most 100 characters. */
  what: string;
  /** How it read; at most 200 characters. */
  example: string;
}

/** What a message says, and why some of it could not be understood. */
export interface Interpretation {
  readings: readonly Reading[];
  /** Why the message, or a part of it, is of no use: it is quarantined, and the sender is told. */
  refused: readonly string[];
  /** Devices described; those not mentioned are as they were. */
  found?: readonly Found[];
  /** Addresses that have left their network. */
  gone?: readonly string[];
  notUnderstood?: readonly NotUnderstood[];
  /** What the dialect wants to find in its memory the next time, by key; null is forgotten. Only what has changed. */
  remember?: ReadonlyMap<string, Json | null>;
}

/** What was published. */
export interface Said {
  /** The topic after `vaka/v1/{sender}/`, such as `zigbee2mqtt/hallen`. */
  topic: string;
  payload: Uint8Array;
  receivedAt: number;
  /** Where local times without a zone are at home. */
  timeZone: string;
}

/** What this dialect remembers of this sender; values are its own, perhaps of an earlier release. */
export interface Memory {
  get: (key: string) => Json | undefined;
}

/** Where a dialect remembers how the device at an address was last, so that an edge is told once. */
export function stateKeys(address: string): readonly string[] {
  return [`states ${address}`, `fall ${address}`];
}

/**
 * Turns what a kind of device or hub publishes into our vocabulary. Pure and total: no bytes make it throw, and the same
 * message with the same memory always gives the same.
 */
export interface Dialect {
  name: DialectName;
  /** Whether it reads messages published under this rest of a topic. */
  speaks: (rest: string) => boolean;
  read: (said: Said, memory: Memory) => Interpretation;
}
