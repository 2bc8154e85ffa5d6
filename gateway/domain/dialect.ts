import type { EventType } from '../protocol/catalogue.ts';

/** A fact as a dialect understood it. */
export interface Reading {
  id: string;
  type: EventType;
  /** Event time by the device's own clock, in epoch milliseconds; null when it told none. */
  time: number | null;
  data: Readonly<Record<string, unknown>>;
}

/** What a message says, and why some of it could not be understood. */
export interface Interpretation {
  readings: readonly Reading[];
  refused: readonly string[];
}

/** Turns what a kind of device or hub publishes into our vocabulary. Pure and total: no bytes make it throw. */
export interface Dialect {
  /** Whether it reads messages published under this rest of a topic. */
  speaks: (rest: string) => boolean;
  read: (payload: Uint8Array) => Interpretation;
}
