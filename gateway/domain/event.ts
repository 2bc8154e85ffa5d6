import type { EventType } from '../protocol/catalogue.ts';

/** A fact from a device, as the log keeps it. */
export interface Event {
  /** The device's own id of it. */
  id: string;
  deviceId: string;
  type: EventType;
  /** When it happened, in epoch milliseconds of event time. */
  at: number;
  receivedAt: number;
  /** How far the device's clock was from ours, as far as that shows; null when it told no time. */
  skewMs?: number | null;
  data: Readonly<Record<string, unknown>>;
}
