import { z } from 'zod';

const share = z.number().min(0).max(1).default(0);
const milliseconds = z.number().min(0);

/** How badly devices behave, on purpose; shares are of the events sent. */
export const Misbehaviour = z.strictObject({
  /** Sent again within a minute, with the same id. */
  duplicates: share,
  /** Held back for up to so long, so that devices overtake each other; one device keeps its order. */
  reorderMs: milliseconds.default(0),
  /** Each device's clock is wrong by up to so much, either way. */
  skewMs: milliseconds.default(0),
  withoutTime: share,
  /** The connection stops answering, without closing, for `halfOpenMs`. */
  halfOpen: share,
  halfOpenMs: milliseconds.default(180_000),
  /** Followed by a payload that is no event. */
  garbage: share,
  /** Followed by a payload of `oversizedBytes`. */
  oversized: share,
  oversizedBytes: z.number().int().min(1).default(1_000_000),
  /** Followed by a publish under another device's name. */
  foreignTopics: share,
});
export type Misbehaviour = z.infer<typeof Misbehaviour>;
