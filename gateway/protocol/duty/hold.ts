import { z } from 'zod';

import { Severity } from '../alert.ts';
import { Id, Instant, Reason } from './instant.ts';

/** What a silence is about: an alert that matches all that are given. An emergency is never silenced. */
export const Matchers = z
  .strictObject({
    ruleIds: z.array(Id).min(1).max(100).optional(),
    severities: z
      .array(Severity.exclude(['emergency']))
      .min(1)
      .optional(),
    homeIds: z.array(Id).min(1).max(500).optional(),
    unitIds: z.array(Id).min(1).max(100).optional(),
    deviceIds: z.array(Id).min(1).max(500).optional(),
  })
  .refine((matchers) => Object.keys(matchers).length > 0, 'Say what is to be silenced.');
export type Matchers = z.infer<typeof Matchers>;

/** POST /silences: matching alerts ask nobody until then; at most a day. */
export const SilenceInput = z.strictObject({ matchers: Matchers, until: Instant, reason: Reason });
export type SilenceInput = z.infer<typeof SilenceInput>;

/** PUT /homes/{id}/pause: supervision rests, such as during a stay in hospital. Calls for help and smoke still alert. */
export const PauseInput = z.strictObject({ until: Instant, reason: Reason });
export type PauseInput = z.infer<typeof PauseInput>;

/** PUT /homes/{id}/test-mode: the home's alerts go to the technician only; at most four hours. */
export const TestModeInput = z.strictObject({ until: Instant, reason: Reason });

export const HoldKind = z.enum(['silence', 'pause', 'test']);
export type HoldKind = z.infer<typeof HoldKind>;

/** A silence, pause or test mode in force; each ends by itself. */
export const HoldView = z
  .object({
    id: z.string(),
    kind: HoldKind,
    home: z.object({ id: z.string(), label: z.string() }).nullable(),
    matchers: Matchers.nullable(),
    from: z.number(),
    until: z.number(),
    reason: z.string(),
    by: z.object({ id: z.string(), name: z.string() }),
  })
  .meta({ id: 'Hold' });
export type HoldView = z.infer<typeof HoldView>;

/** GET /holds: those in force that the reader may see, soonest end first. DELETE /holds/{id} ends one now. */
export const HoldList = z.object({ items: z.array(HoldView) }).meta({ id: 'HoldList' });
export type HoldList = z.infer<typeof HoldList>;
