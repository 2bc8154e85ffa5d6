import { z } from 'zod';

import { Role } from '../api.ts';
import { Id, Reason } from './instant.ts';

/** A team of carers, or an alarm centre outside the system that is reached by webhook. */
export const UnitKind = z.enum(['team', 'alarm-centre']);

/** Whether its carers check in, or all who belong to it always count as on duty. */
export const DutyRule = z.enum(['check-in', 'always']);

const UnitBody = {
  name: z.string().trim().min(1).max(80),
  kind: UnitKind,
  duty: DutyRule,
  /** Where an alarm centre is reached: the id of a webhook endpoint. */
  endpointId: Id.nullable(),
  /** Other municipalities whose plans may name it. */
  serves: z.array(Id).max(100),
};

const isReachable = ({ kind, endpointId }: { kind: string; endpointId: string | null }) =>
  (kind === 'alarm-centre') === (endpointId !== null);
const reachable = 'An alarm centre needs a webhook endpoint; a team has none.';

/** What a unit is. */
export const UnitInput = z.strictObject(UnitBody).refine(isReachable, reachable);
export type UnitInput = z.infer<typeof UnitInput>;

/** POST /units, PUT /units/{id} */
export const UnitEdit = z
  .strictObject({
    ...UnitBody,
    /** The one that was edited; another one in force meanwhile is a conflict. Left out: whichever holds. */
    version: z.number().int().min(0).optional(),
    reason: Reason.optional(),
  })
  .refine(isReachable, reachable);
export type UnitEdit = z.infer<typeof UnitEdit>;

export const UnitView = z
  .object({
    ...UnitBody,
    id: z.string(),
    municipality: z.object({ id: z.string(), name: z.string() }),
    /** False for a unit of another municipality that serves this one. */
    isOwn: z.boolean(),
    /** 0: nobody has changed it here since it was entered. */
    version: z.number().int(),
    /** Who wrote it last, when and why; null for another municipality's. */
    changed: z
      .object({
        author: z.object({ id: z.string(), name: z.string() }),
        at: z.number(),
        reason: z.string().nullable(),
      })
      .nullable(),
    /** Who is on duty now. */
    onDuty: z.array(z.object({ id: z.string(), name: z.string(), until: z.number() })),
    /** Carers who belong to it. */
    members: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'Unit' });
export type UnitView = z.infer<typeof UnitView>;

/** GET /units: own units, and those of others that serve this municipality. */
export const UnitList = z
  .object({
    items: z.array(UnitView),
    /** Other municipalities here, whom a unit may serve. */
    municipalities: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
    /** Whom a policy may name: all people of the municipality. */
    people: z.array(z.object({ id: z.string(), name: z.string(), role: Role })).default([]),
  })
  .meta({ id: 'UnitList' });
export type UnitList = z.infer<typeof UnitList>;
