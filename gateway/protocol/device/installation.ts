import { z } from 'zod';

import { type EventType, eventTypes } from '../catalogue.ts';
import { type Placement, placements } from '../placement.ts';
import { profiles, type ProfileId } from '../profile.ts';
import { DeviceProfile } from './device-profile.ts';
import { NewSecret } from './identity.ts';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });
const Id = z.string().min(1).max(64);
const Type = z.enum(eventTypes as [EventType, ...EventType[]]);
const Where = z.enum(Object.keys(placements) as [Placement, ...Placement[]]);
const person = z.object({ id: z.string(), name: z.string() });

/**
 * POST /installations: begins one in a home, or answers the technician's own open one there.
 * With `replaces`, the new device takes that one's place and name, and the old one is decommissioned when it is signed.
 */
export const InstallationInput = z.strictObject({
  homeId: Id,
  replaces: Id.optional(),
  /** Begin one beside those that are open. */
  another: z.boolean().optional(),
});
export type InstallationInput = z.infer<typeof InstallationInput>;

/** PUT /installations/{id}/device: which device it is, in one of three ways. */
export const InstallationDevice = z.union([
  /** What a QR code or a label says: a device id, a serial, a Zigbee address, or `vaka:` with what the box holds. */
  z.strictObject({ scanned: z.string().trim().min(1).max(500) }),
  /** One that a hub has found. */
  z.strictObject({ hubId: Id, address: z.string().min(1).max(128) }),
  /** A new one with a secret of its own, of a kind or a shipped model. */
  z.strictObject({
    profile: z.enum(Object.keys(profiles) as [ProfileId, ...ProfileId[]]),
    modelId: z.string().max(80).optional(),
  }),
]);
export type InstallationDevice = z.infer<typeof InstallationDevice>;

/** PUT /installations/{id}/placement: puts it in the home, on trial; what it tells from now on is the home's. */
export const InstallationPlacement = z.strictObject({
  placement: Where,
  name: z.string().trim().min(1).max(80),
});
export type InstallationPlacement = z.infer<typeof InstallationPlacement>;

/**
 * PUT /installations/{id}/tests/{type}/skip; DELETE takes it back. POST /installations/{id}/test-alarm arms the device.
 * DELETE /installations/{id} abandons it. All of them answer the installation, as GET does.
 */
export const SkippedTest = z.strictObject({ reason: z.string().trim().min(3).max(300) });

/** PUT /installations/{id}/signature */
export const Signature = z.strictObject({ note: z.string().trim().max(2_000).optional() });

/** One thing the device can tell, and whether it has been seen to. */
export const InstallationTest = z.object({
  type: Type,
  /** When it came, first since the device was placed; null: not yet. */
  seenAt: instant.nullable(),
  skipped: z.object({ reason: z.string(), at: instant }).nullable(),
  /** Nobody has consented to what it would tell, so it cannot be seen here: it is to be skipped with a reason. */
  isUnconsented: z.boolean(),
});
export type InstallationTest = z.infer<typeof InstallationTest>;

export const installationSteps = [
  'device',
  'placement',
  'first-message',
  'tests',
  'alarm',
  'signature',
  'done',
] as const;

export const InstallationView = z
  .object({
    id: z.string(),
    /** What is to be done now. */
    step: z.enum(installationSteps),
    state: z.enum(['open', 'signed', 'abandoned']),
    home: z.object({ id: z.string(), label: z.string() }),
    by: person,
    startedAt: instant,
    changedAt: instant,
    replaces: z
      .object({ deviceId: z.string(), name: z.string(), placement: z.string().nullable() })
      .nullable(),
    device: z
      .object({
        id: z.string(),
        name: z.string(),
        profile: z.string(),
        model: DeviceProfile.nullable(),
        /** Through which hub it speaks; null: by itself. */
        hub: z.object({ id: z.string(), name: z.string(), address: z.string() }).nullable(),
        placement: z.string().nullable(),
        connected: z.boolean(),
        batteryPercent: z.number().nullable(),
        rssiDbm: z.number().nullable(),
        lqi: z.number().nullable(),
        firmware: z.string().nullable(),
        /** Events that were dropped since it was placed, because nobody has consented to them. */
        droppedWithoutConsent: z.number(),
      })
      .nullable(),
    /** The first message since it was placed. */
    firstMessageAt: instant.nullable(),
    tests: z.array(InstallationTest),
    /** The test alarm: from when the next thing it tells raises one, the alert, and who took it on a screen. */
    alarm: z.object({
      armedAt: instant.nullable(),
      alertId: z.string().nullable(),
      raisedAt: instant.nullable(),
      acceptedAt: instant.nullable(),
      acceptedBy: z.string().nullable(),
    }),
    /** Until when its alerts are tests; null before it is placed and after it is signed. */
    trialUntil: instant.nullable(),
    signed: z.object({ at: instant, by: person, note: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Installation' });
export type InstallationView = z.infer<typeof InstallationView>;

/** Answered where a device gets a secret: with it, this once. */
export const InstallationWithSecret = z
  .object({ installation: InstallationView, secret: NewSecret.nullable() })
  .meta({ id: 'InstallationWithSecret' });
export type InstallationWithSecret = z.infer<typeof InstallationWithSecret>;

/** GET /installations: open ones first, newest first; of one home or device when given. */
export const InstallationQuery = z.object({
  homeId: Id.optional(),
  deviceId: Id.optional(),
  state: z.enum(['open', 'signed', 'abandoned']).optional(),
});
export type InstallationQuery = z.infer<typeof InstallationQuery>;
export const InstallationList = z
  .object({ items: z.array(InstallationView) })
  .meta({ id: 'InstallationList' });
export type InstallationList = z.infer<typeof InstallationList>;
