import { z } from 'zod';

import { AlertView } from '../alert.ts';
import { Id, Instant } from './instant.ts';

/** POST /duties: "I am on duty for this unit until then". Coordinators and technicians on call leave `unitId` out. */
export const CheckIn = z.strictObject({
  unitId: Id.nullable(),
  until: Instant,
  /** A colleague of the same unit, for two who share a phone; left out: oneself. */
  personId: Id.optional(),
});
export type CheckIn = z.infer<typeof CheckIn>;

export const DutyView = z
  .object({
    id: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    unit: z.object({ id: z.string(), name: z.string() }).nullable(),
    from: z.number(),
    until: z.number(),
    /** Who checked them in, if somebody else did. */
    checkedInBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  })
  .meta({ id: 'Duty' });
export type DutyView = z.infer<typeof DutyView>;

/** A unit one may check in to, and when one is planned to end there. */
export const DutyChoice = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  /** Whether its carers check in at all. */
  isKept: z.boolean(),
  /** The end of one's planned shift, or of the hours in which the unit answers; what the form proposes. */
  proposedUntil: z.number(),
  onDuty: z.array(DutyView),
  /** Carers of the unit, for checking in a colleague. */
  members: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type DutyChoice = z.infer<typeof DutyChoice>;

/** GET /duties */
export const DutyPage = z
  .object({
    /** One's own duties now. */
    mine: z.array(DutyView),
    choices: z.array(DutyChoice),
    /** Whether one may be on call for the municipality. */
    mayBeOnCall: z.boolean(),
    onCall: z.array(DutyView),
  })
  .meta({ id: 'Duties' });
export type DutyPage = z.infer<typeof DutyPage>;

/** GET /duties/{id}/hand-over: what one leaves behind. */
export const HandOverView = z
  .object({
    duty: DutyView,
    /** Alerts one has accepted and not resolved, of a colleague those of the unit: each must be handed to somebody or given back. */
    mine: z.array(AlertView),
    /** The unit's other live alerts. */
    open: z.array(AlertView),
    /** Who can take over which: those on duty in the unit, in the one that answers for the alert, and in the one that does next. */
    receivers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        unitName: z.string(),
        alertIds: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'HandOver' });
export type HandOverView = z.infer<typeof HandOverView>;

/** PUT /duties/{id}/end: check out. Every alert one has must be named; `to` null gives it back to the queue. */
export const CheckOut = z.strictObject({
  handOver: z.array(z.strictObject({ alertId: Id, to: Id.nullable() })).max(100),
});
export type CheckOut = z.infer<typeof CheckOut>;
