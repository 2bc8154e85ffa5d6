import type { Reading } from '../domain/dialect.ts';

/** A message as a dialect understood it. */
export interface Message {
  deviceId: string;
  topic: string;
  bytes: number;
  readings: readonly Reading[];
  refused: readonly string[];
  receivedAt: number;
  /** Whether it says that the device came or went; null for all other messages. */
  connected: boolean | null;
}
