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
  data: Readonly<Record<string, unknown>>;
}
