import { z } from 'zod';

import { AlertView, TimelineEntry } from './alert.ts';
import { BacktestProgress } from './rule/backtest.ts';

/** How often each side says that it lives, and after how long a screen must cry out. */
export const heartbeatMs = 3_000;
export const staleAfterMs = 10_000;

/** What a screen says. `hello` must come first; `cursor` is the last `seq` it has. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), cursor: z.number().int().min(0).nullable() }),
  z.strictObject({ type: z.literal('seen'), alert: z.string().max(64) }),
  z.strictObject({ type: z.literal('heartbeat') }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** What makes silence tell from failure: who answers, and when something was last heard. */
export const Status = z.object({
  homes: z.number(),
  homesAnswering: z.number(),
  lastEventAt: z.number().nullable(),
  /** More alerts come than the reader's units can answer: keep emergencies on top, and the rest together. */
  isFlood: z.boolean(),
});
export type Status = z.infer<typeof Status>;

export const AlertChange = z.object({ seq: z.number(), event: TimelineEntry, alert: AlertView });
export type AlertChange = z.infer<typeof AlertChange>;

/** What the gateway says; close code 4401 means that the session has ended, 4408 that the screen was too slow. */
export const ServerMessage = z.discriminatedUnion('type', [
  /** Sent once the client is caught up; `at` is the gateway's clock. */
  z.object({ type: z.literal('welcome'), seq: z.number(), at: z.number(), status: Status }),
  /** The cursor is unknown or too far behind: fetch the board again, then go on from `seq`. */
  z.object({ type: z.literal('reset'), seq: z.number() }),
  /** All that one commit changed, in order; `seq` is that of the last. */
  z.object({
    type: z.literal('changes'),
    seq: z.number(),
    changes: z.array(AlertChange),
    /** Alerts that are no longer the reader's to see, such as at the end of a night. */
    gone: z.array(z.string()),
  }),
  z.object({ type: z.literal('heartbeat'), at: z.number(), seq: z.number(), status: Status }),
  /** How far a backtest has come, told to whoever asked for it. */
  z.object({ type: z.literal('backtest'), backtest: BacktestProgress }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
