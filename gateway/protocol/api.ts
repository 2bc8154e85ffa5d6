import { z } from 'zod';

import { AlertState, AlertView, Outcome, Queue } from './alert.ts';
import { HoldKind } from './duty/hold.ts';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });

export const Role = z.enum(['carer', 'technician', 'coordinator', 'administrator']);
export type Role = z.infer<typeof Role>;

/** RFC 9457. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** POST /session: a password, or the token of a one-time link. Answers with Me and the session cookie. */
export const SignIn = z.union([
  z.strictObject({ email: z.email().max(254), password: z.string().min(1).max(256) }),
  z.strictObject({ token: z.string().min(20).max(128) }),
]);
export type SignIn = z.infer<typeof SignIn>;

export const Me = z
  .object({
    id: z.string(),
    name: z.string(),
    role: Role,
    municipality: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }),
    units: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

/** PUT /alerts/{id}/acceptance */
export const Acceptance = z.strictObject({
  etaMinutes: z.number().int().min(0).max(240).optional(),
});
/** PUT /alerts/{id}/resolution */
export const Resolution = z.strictObject({
  outcome: Outcome,
  note: z.string().max(2000).optional(),
});
export type Resolution = z.infer<typeof Resolution>;
/** POST /alerts/{id}/comments */
export const Comment = z.strictObject({ text: z.string().trim().min(1).max(2000) });

/** GET /alerts; without `state` the live ones. */
export const AlertQuery = z.object({
  queue: Queue.optional(),
  state: AlertState.or(z.enum(['live', 'all'])).optional(),
  homeId: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type AlertQuery = z.infer<typeof AlertQuery>;

/** Live alerts come most severe first and oldest first within a severity; others newest first. */
export const AlertPage = z
  .object({ items: z.array(AlertView), next: z.string().nullable(), seq: z.number() })
  .meta({ id: 'AlertPage' });
export type AlertPage = z.infer<typeof AlertPage>;

export const DeviceView = z
  .object({
    id: z.string(),
    name: z.string(),
    profile: z.string(),
    placement: z.string().nullable(),
    homeId: z.string().nullable(),
    homeLabel: z.string().nullable(),
    connected: z.boolean(),
    lastSeenAt: instant.nullable(),
    /** When it will be called silent unless it is heard from; null when not supervised. */
    silentAt: instant.nullable(),
    batteryPercent: z.number().nullable(),
    rssiDbm: z.number().nullable(),
  })
  .meta({ id: 'Device' });
export type DeviceView = z.infer<typeof DeviceView>;
export const DevicePage = z
  .object({ items: z.array(DeviceView), next: z.string().nullable() })
  .meta({ id: 'DevicePage' });
export type DevicePage = z.infer<typeof DevicePage>;

export const HomeView = z
  .object({
    id: z.string(),
    label: z.string(),
    unit: z.object({ id: z.string(), name: z.string() }),
    /** Empty for those who may not know who lives there. */
    residents: z.array(z.object({ name: z.string() })),
    deviceCount: z.number(),
    lastEventAt: instant.nullable(),
    liveAlerts: z.number(),
    /** What holds its alerts back now: a pause, or test mode. */
    holds: z.array(z.object({ kind: HoldKind.exclude(['silence']), until: instant })),
  })
  .meta({ id: 'Home' });
export type HomeView = z.infer<typeof HomeView>;
export const HomePage = z
  .object({ items: z.array(HomeView), next: z.string().nullable() })
  .meta({ id: 'HomePage' });
export type HomePage = z.infer<typeof HomePage>;

export const activityLanes = ['motion', 'door', 'bed', 'presence'] as const;

/** The last 24 hours in quarters of an hour: how many events of each lane fell in each. */
export const Activity = z
  .object({
    from: instant,
    bucketMs: z.number(),
    lanes: z.array(z.object({ lane: z.enum(activityLanes), counts: z.array(z.number()) })),
  })
  .meta({ id: 'Activity' });
export type Activity = z.infer<typeof Activity>;

export const HomeDetail = HomeView.extend({
  timeZone: z.string(),
  devices: z.array(DeviceView),
  /** Null for those who may not see how the resident lives. */
  activity: Activity.nullable(),
  alerts: z.array(AlertView).meta({ description: 'Of the last seven days, newest first.' }),
}).meta({ id: 'HomeDetail' });
export type HomeDetail = z.infer<typeof HomeDetail>;
