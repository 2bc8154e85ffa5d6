import { parse } from 'yaml';
import { z } from 'zod';

import { isEventType, type EventType } from '../../gateway/protocol/catalogue.ts';
import { isPlacement, type Placement } from '../../gateway/protocol/placement.ts';
import { isProfile, type ProfileId } from '../../gateway/protocol/profile.ts';
import { deviceIdPattern } from '../../gateway/protocol/topic.ts';
import { TimeZone } from '../time-zone.ts';

/** In which field of its data each type carries a number. */
export const numberFields = {
  'temperature.measured': 'celsius',
  'humidity.measured': 'percent',
  'battery.measured': 'percent',
} satisfies Partial<Record<EventType, string>>;

export type NumberType = keyof typeof numberFields;

export function isNumberType(type: EventType): type is NumberType {
  return Object.hasOwn(numberFields, type);
}

const Type = z
  .string()
  .refine((text): text is EventType => isEventType(text), 'There is no such type of event.');

const Sensor = z.strictObject({
  device: z.string().regex(deviceIdPattern),
  profile: z
    .string()
    .refine((text): text is ProfileId => isProfile(text), 'There is no such profile.'),
  placement: z
    .string()
    .refine((text): text is Placement => isPlacement(text), 'There is no such placement.'),
  /** From the sensor's own word to a type of event; `number` stands for any number. */
  events: z.record(z.string(), Type).refine(({ number }) => {
    return number === undefined || isNumberType(number);
  }, 'That type of event carries no number.'),
});

/** Which sensor of a log is which device, and what its words mean. */
export const Mapping = z.strictObject({
  timeZone: TimeZone,
  sensors: z.record(z.string(), Sensor),
});
export type Mapping = z.infer<typeof Mapping>;

/** Reads a mapping file, YAML or JSON; throws what zod or the YAML parser says of a faulty one. */
export function parseMapping(text: string): Mapping {
  return Mapping.parse(parse(text));
}

/** The devices that a mapping needs, each once: what to onboard before a replay. */
export function devicesOf(
  mapping: Mapping,
): { id: string; profile: ProfileId; placement: Placement }[] {
  const devices = Object.values(mapping.sensors).map(
    ({ device, profile, placement }) => [device, { id: device, profile, placement }] as const,
  );
  return [...new Map(devices).values()];
}
