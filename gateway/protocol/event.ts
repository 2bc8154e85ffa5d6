import { z } from 'zod';

/** One event as a device sends it: CloudEvents 1.0 JSON, of which only `id` and `type` are required. */
export const WireEvent = z.looseObject({
  /** The device's own, unique for ever: sent again it counts once. */
  id: z.union([z.string().min(1).max(128), z.number().transform(String)]),
  type: z.string().min(1).max(128),
  /** RFC 3339 with a zone. Absent or unreadable: the time of arrival is used. */
  time: z.unknown().optional(),
  data: z.unknown().optional(),
});
export type WireEvent = z.infer<typeof WireEvent>;

export const maxEventsPerMessage = 100;

/** What is published on a device's `errors` topic. */
export interface DeviceError {
  reason: string;
  topic: string;
  at: string;
}
