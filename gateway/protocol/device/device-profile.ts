import { z } from 'zod';

import { type EventType, eventTypes } from '../catalogue.ts';
import { type Placement, placements } from '../placement.ts';
import { type ProfileId, profiles } from '../profile.ts';
import { Text } from '../text.ts';

/** The languages that devices and hubs speak to us; each is read by the file of its name in `gateway/dialects/`. */
export const dialectNames = [
  'native',
  'zigbee2mqtt',
  'frigate',
  'chirpstack',
  'tts',
  'shelly',
  'tasmota',
  'homeassistant',
  'homie',
  'senml',
] as const;
export const DialectName = z.enum(dialectNames);
export type DialectName = z.infer<typeof DialectName>;

/** What a device looks like; drawn by us. */
export const pictures = [
  'button',
  'pendant',
  'contact',
  'motion',
  'radar',
  'camera',
  'smoke',
  'co',
  'water',
  'thermometer',
  'bed',
  'plug',
  'dispenser',
  'locator',
  'tag-reader',
  'hub',
  'sensor',
] as const;
export const Picture = z.enum(pictures);
export type Picture = z.infer<typeof Picture>;

/** How its life shows: `mains` and `battery` speak at least every `everyMs`; `event-only` says nothing between events. */
export const Supervision = z
  .strictObject({
    class: z.enum(['mains', 'battery', 'event-only']),
    /** The longest time between two messages when all is well, in milliseconds; null when `event-only`. */
    everyMs: z.number().int().positive().nullable(),
    /** How much longer may pass before it is called silent, in milliseconds. */
    graceMs: z.number().int().min(0),
  })
  .refine((one) => (one.class === 'event-only') === (one.everyMs === null), {
    message: '`everyMs` is null for `event-only`, and a number for all others.',
    path: ['everyMs'],
  });
export type Supervision = z.infer<typeof Supervision>;

export const Battery = z.strictObject({
  /** As printed on the cell: `CR2032`, `AA alkaline`, `Li-ion`. */
  chemistry: z.string().min(1).max(40),
  count: z.number().int().min(1).max(12),
  /** At and below this a change is planned. */
  lowPercent: z.number().min(1).max(99),
  /** At and below this it is changed at once. */
  urgentPercent: z.number().min(0).max(99),
});
export type Battery = z.infer<typeof Battery>;

/**
 * A model of device as data. `kind` is what rules call it (`device.profile`); the rest is more exact than the kind's own:
 * what it tells, and how long it may be silent.
 */
export const DeviceProfile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'Write small letters, digits and hyphens.'),
  kind: z.enum(Object.keys(profiles) as [ProfileId, ...ProfileId[]]),
  vendor: z.string().min(1).max(80).nullable(),
  model: z.string().min(1).max(80).nullable(),
  title: Text,
  dialect: DialectName,
  /** Other names by which hubs call this model, such as the Zigbee model identifier. */
  aliases: z.array(z.string().min(1).max(80)).max(20),
  capabilities: z.array(z.enum(eventTypes as [EventType, ...EventType[]])).max(40),
  supervision: Supervision,
  battery: Battery.nullable(),
  /** Where it is usually put, the likeliest first. */
  placements: z.array(z.enum(Object.keys(placements) as [Placement, ...Placement[]])).min(1),
  picture: Picture,
  /** Device type code of SCAIP (SS 91100), where a public source gives it. */
  scaip: z.strictObject({ deviceType: z.string().max(8), source: z.string() }).nullable(),
  /** Where the figures come from: a vendor's page or document; null when derived from what a hub says. */
  source: z.string().max(300).nullable(),
});
export type DeviceProfile = z.infer<typeof DeviceProfile>;
