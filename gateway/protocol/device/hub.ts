import { z } from 'zod';

import { DeviceProfile, DialectName } from './device-profile.ts';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });

/** Something a device said that has no meaning here, and how often. */
export const NotUnderstoodView = z.object({
  what: z.string(),
  example: z.string(),
  count: z.number(),
  lastAt: instant,
});

export type NotUnderstoodView = z.infer<typeof NotUnderstoodView>;

/** A device that a hub speaks for. Until it is placed, nothing it tells is kept but what stands here. */
export const FoundView = z
  .object({
    hubId: z.string(),
    address: z.string(),
    dialect: DialectName,
    label: z.string(),
    vendor: z.string().nullable(),
    model: z.string().nullable(),
    firmware: z.string().nullable(),
    /** What it can tell; null while the hub has not described it. */
    profile: DeviceProfile.nullable(),
    firstSeenAt: instant,
    lastSeenAt: instant,
    messages: z.number(),
    /** The type of event it told last, such as `door.opened`: whoever presses the button sees which one it is. */
    lastType: z.string().nullable(),
    batteryPercent: z.number().nullable(),
    lqi: z.number().nullable(),
    rssiDbm: z.number().nullable(),
    /** It has left the hub's network. */
    isGone: z.boolean(),
    /** The device it is placed as; null: found, not placed. */
    deviceId: z.string().nullable(),
    notUnderstood: z.array(NotUnderstoodView),
  })
  .meta({ id: 'Found' });
export type FoundView = z.infer<typeof FoundView>;

export const HubView = z
  .object({
    id: z.string(),
    name: z.string(),
    homeId: z.string().nullable(),
    homeLabel: z.string().nullable(),
    connected: z.boolean(),
    lastSeenAt: instant.nullable(),
    placed: z.number(),
    notPlaced: z.number(),
    dialects: z.array(DialectName),
  })
  .meta({ id: 'Hub' });
export type HubView = z.infer<typeof HubView>;

/** GET /hubs: those of the municipality. */
export const HubList = z.object({ items: z.array(HubView) }).meta({ id: 'HubList' });
export type HubList = z.infer<typeof HubList>;

/** GET /hubs/{id}: with what it speaks for, those not placed first, the latest heard first. */
export const HubDetail = HubView.extend({
  found: z.array(FoundView),
  notUnderstood: z.array(NotUnderstoodView),
}).meta({ id: 'HubDetail' });
export type HubDetail = z.infer<typeof HubDetail>;

/** GET /found: all that is found and not placed, optionally of one home's hubs; the latest heard first. */
export const FoundQuery = z.object({ homeId: z.string().max(64).optional() });
export const FoundList = z.object({ items: z.array(FoundView) }).meta({ id: 'FoundList' });
export type FoundList = z.infer<typeof FoundList>;

/** POST /hubs/{id}/bridge-configuration: makes the hub a new secret; the old one holds until the new one is used. */
export const BridgeInput = z.strictObject({
  sources: z
    .array(
      z.strictObject({
        dialect: DialectName.exclude(['native', 'senml']),
        /** Where the hub's software publishes, if not at its default place. */
        baseTopic: z
          .string()
          .min(1)
          .max(100)
          .regex(/^[^#+"\p{Cc}]+$/u, 'Leave out #, +, quotes and control characters.')
          .optional(),
      }),
    )
    .min(1)
    .max(6),
});
export type BridgeInput = z.infer<typeof BridgeInput>;

export const BridgeConfiguration = z
  .object({
    /** For `/etc/mosquitto/conf.d/`. Holds the hub's secret, which is shown this once. */
    fileName: z.string(),
    text: z.string(),
    /** What the hub's installer is to do, one line each. */
    steps: z.array(z.object({ sv: z.string(), en: z.string() })),
    /** The same configuration as an SVG picture of a QR code. */
    qrSvg: z.string(),
  })
  .meta({ id: 'BridgeConfiguration' });
export type BridgeConfiguration = z.infer<typeof BridgeConfiguration>;
