import { z } from 'zod';

import { languages } from '../text.ts';
import { DeviceProfile } from './device-profile.ts';
import { NotUnderstoodView } from './hub.ts';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });

/** What is wrong with a device, the most pressing first. */
export const faults = [
  'silent',
  'hub-away',
  'battery-urgent',
  'unfinished',
  'quarantine',
  'battery-low',
  'battery-falling',
  'weak-link',
  'clock-wrong',
  'not-understood',
] as const;
export const Fault = z.enum(faults);
export type Fault = z.infer<typeof Fault>;

export const FleetDevice = z
  .object({
    id: z.string(),
    name: z.string(),
    /** The kind, as rules call it. */
    profile: z.string(),
    /** Vendor and model, where known. */
    model: z.string().nullable(),
    placement: z.string().nullable(),
    homeId: z.string().nullable(),
    homeLabel: z.string().nullable(),
    unitName: z.string().nullable(),
    hubId: z.string().nullable(),
    connected: z.boolean(),
    lastSeenAt: instant.nullable(),
    silentAt: instant.nullable(),
    batteryPercent: z.number().nullable(),
    /** When the battery will be at its urgent percentage, by its own history; null: no telling, or it is there already. */
    batteryEndsAt: instant.nullable(),
    rssiDbm: z.number().nullable(),
    lqi: z.number().nullable(),
    skewMs: z.number().nullable(),
    firmware: z.string().nullable(),
    quarantined: z.number(),
    faults: z.array(Fault),
  })
  .meta({ id: 'FleetDevice' });
export type FleetDevice = z.infer<typeof FleetDevice>;

/** GET /fleet: the devices in use that match all that is given, the worst first. */
export const FleetQuery = z.object({
  fault: Fault.or(z.enum(['any', 'none'])).optional(),
  /** Words of name, id, home, model or hub; all of them. */
  search: z.string().max(100).optional(),
  unitId: z.string().max(64).optional(),
  profile: z.string().max(64).optional(),
  sort: z.enum(['fault', 'home', 'battery', 'last-seen']).default('fault'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type FleetQuery = z.infer<typeof FleetQuery>;

export const FleetPage = z
  .object({
    items: z.array(FleetDevice),
    /** How many match. */
    total: z.number(),
    /** How many of all that match the rest of the query have each fault. */
    faults: z.record(Fault, z.number()),
    /** How many match the rest of the query, and how many of those have no fault. */
    all: z.number(),
    sound: z.number(),
    /** What there is to choose from in the reader's sight, by name. */
    units: z.array(z.object({ id: z.string(), name: z.string() })),
    profiles: z.array(z.string()),
  })
  .meta({ id: 'FleetPage' });
export type FleetPage = z.infer<typeof FleetPage>;

/** GET /fleet/export.csv: all that match, in the words of a language; separated by semicolons, as spreadsheets in Sweden expect. */
export const FleetExportQuery = FleetQuery.omit({ offset: true, limit: true }).extend({
  language: z.enum(languages).default('sv'),
});
export type FleetExportQuery = z.infer<typeof FleetExportQuery>;

/** A message that was refused; texts in it are hidden, so that no name or place is shown. */
export const QuarantinedMessage = z.object({
  at: instant,
  topic: z.string(),
  reason: z.string(),
  bytes: z.number(),
  payload: z.string().nullable(),
});
export type QuarantinedMessage = z.infer<typeof QuarantinedMessage>;

/** GET /devices/{id} */
export const DeviceDetail = FleetDevice.extend({
  description: DeviceProfile.nullable(),
  hub: z.object({ id: z.string(), name: z.string(), address: z.string() }).nullable(),
  serial: z.string().nullable(),
  createdAt: instant,
  decommissionedAt: instant.nullable(),
  replaces: z.object({ id: z.string(), name: z.string() }).nullable(),
  replacedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Where it has been, newest first; homes outside the reader's sight are left out. */
  bindings: z.array(
    z.object({
      homeId: z.string(),
      homeLabel: z.string(),
      placement: z.string(),
      from: instant,
      until: instant.nullable(),
    }),
  ),
  /** The lowest of each day, oldest first, of the last 400 days. */
  battery: z.array(z.object({ day: instant, percent: z.number() })),
  quarantine: z.array(QuarantinedMessage),
  notUnderstood: z.array(NotUnderstoodView),
}).meta({ id: 'DeviceDetail' });
export type DeviceDetail = z.infer<typeof DeviceDetail>;

/** GET /fleet/visits: what to see to this week, grouped by home; the most pressing home first. */
export const VisitList = z
  .object({
    items: z.array(
      z.object({
        homeId: z.string(),
        homeLabel: z.string(),
        unitName: z.string(),
        devices: z.array(FleetDevice),
        /** Batteries to bring by their kind, such as `CR2032`; null: of a kind that is not known. */
        bring: z.array(z.object({ what: z.string().nullable(), count: z.number() })),
      }),
    ),
  })
  .meta({ id: 'VisitList' });
export type VisitList = z.infer<typeof VisitList>;
