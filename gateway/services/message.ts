import type { NotUnderstood, Found, Json, Reading } from '../domain/dialect.ts';
import type { DialectName } from '../protocol/device/device-profile.ts';

/** What a device or a hub published, or that it came or went. */
export type Message =
  | {
      kind: 'published';
      deviceId: string;
      topic: string;
      payload: Uint8Array;
      /** The link marks it as one that it has tried to send before. */
      isRepeat: boolean;
      receivedAt: number;
    }
  | { kind: 'presence'; deviceId: string; connected: boolean; receivedAt: number };

/** A reading with an id, as every event has. */
export interface IdentifiedReading extends Reading {
  id: string;
}

/** A message as its dialect understood it. */
export interface Understood {
  message: Message;
  /** Null for presence, and for what nothing reads. */
  dialect: DialectName | null;
  readings: readonly Reading[];
  refused: readonly string[];
  found: readonly Found[];
  gone: readonly string[];
  notUnderstood: readonly NotUnderstood[];
  remember: ReadonlyMap<string, Json | null>;
}
