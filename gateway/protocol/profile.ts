import type { EventType } from './catalogue.ts';
import type { Placement } from './placement.ts';
import type { Text } from './text.ts';

/** What is known of a kind of device: what it can tell, and how long it may be silent. */
export interface Profile {
  title: Text;
  capabilities: readonly EventType[];
  /** How often it says that it lives, in milliseconds; null for a device that only speaks when something happens. */
  heartbeatMs: number | null;
  placement: Placement;
  /** Events by which staff show that they have come. */
  arrivesBy?: readonly EventType[];
  /** Commands it understands; see `protocol/command.ts`. */
  commands?: readonly 'reassure'[];
}

const minute = 60_000;

export const profiles = {
  'call-button': {
    title: { sv: 'Larmknapp', en: 'Call button' },
    capabilities: ['help.pressed', 'test.pressed', 'battery.measured'],
    heartbeatMs: 10 * minute,
    placement: 'worn',
    commands: ['reassure'],
  },
  'fall-detector': {
    title: { sv: 'Fallsensor', en: 'Fall detector' },
    capabilities: ['fall.detected', 'battery.measured'],
    heartbeatMs: 10 * minute,
    placement: 'worn',
    commands: ['reassure'],
  },
  'door-contact': {
    title: { sv: 'Dörrsensor', en: 'Door contact' },
    capabilities: ['door.opened', 'door.closed', 'battery.measured'],
    heartbeatMs: 20 * minute,
    placement: 'entrance',
  },
  'motion-sensor': {
    title: { sv: 'Rörelsesensor', en: 'Motion sensor' },
    capabilities: ['motion.detected', 'motion.cleared', 'battery.measured'],
    heartbeatMs: 20 * minute,
    placement: 'hall',
  },
  'bed-sensor': {
    title: { sv: 'Sängsensor', en: 'Bed sensor' },
    capabilities: ['bed.left', 'bed.entered'],
    heartbeatMs: 10 * minute,
    placement: 'bed',
  },
  'night-camera': {
    title: { sv: 'Nattkamera', en: 'Night camera' },
    capabilities: ['person.out-of-bed', 'person.left-room', 'person.seen', 'sound.loud'],
    heartbeatMs: 5 * minute,
    placement: 'bedroom',
  },
  'smoke-detector': {
    title: { sv: 'Brandvarnare', en: 'Smoke detector' },
    capabilities: ['smoke.detected', 'smoke.cleared', 'battery.measured'],
    heartbeatMs: 60 * minute,
    placement: 'hall',
  },
  'co-detector': {
    title: { sv: 'Kolmonoxidvarnare', en: 'Carbon monoxide detector' },
    capabilities: ['co.detected', 'co.cleared', 'battery.measured'],
    heartbeatMs: 60 * minute,
    placement: 'hall',
  },
  'water-detector': {
    title: { sv: 'Vattenvarnare', en: 'Water leak detector' },
    capabilities: ['water.detected', 'water.cleared', 'battery.measured'],
    heartbeatMs: 60 * minute,
    placement: 'bathroom',
  },
  thermometer: {
    title: { sv: 'Termometer', en: 'Thermometer' },
    capabilities: ['temperature.measured', 'humidity.measured', 'battery.measured'],
    heartbeatMs: 20 * minute,
    placement: 'living-room',
  },
  /** Reads the tags of staff by the door; a tag that is held to it means that staff has come. */
  'tag-reader': {
    title: { sv: 'Taggläsare', en: 'Tag reader' },
    capabilities: ['test.pressed'],
    heartbeatMs: 20 * minute,
    placement: 'entrance',
    arrivesBy: ['test.pressed'],
  },
  /** Speaks for itself only; what it carries for others is another profile's. */
  hub: {
    title: { sv: 'Hemnod', en: 'Hub' },
    capabilities: ['device.heartbeat', 'power.lost', 'power.restored'],
    heartbeatMs: 5 * minute,
    placement: 'other',
  },
  /** A button or contact that says nothing between events, so its silence means nothing. */
  'event-only': {
    title: { sv: 'Enkel sensor utan livstecken', en: 'Simple sensor without heartbeat' },
    capabilities: ['help.pressed', 'motion.detected', 'door.opened', 'door.closed'],
    heartbeatMs: null,
    placement: 'other',
  },
} satisfies Record<string, Profile>;

export type ProfileId = keyof typeof profiles;

export function isProfile(text: string): text is ProfileId {
  return Object.hasOwn(profiles, text);
}

/** What a device of this profile can tell; nothing of a profile that is unknown. */
export function capabilitiesOf(profile: string): readonly EventType[] {
  return isProfile(profile) ? profiles[profile].capabilities : [];
}

/** Three missed heartbeats make a silence; the profile's own text says which those are. */
export function silentAfterMs(profile: string): number | null {
  const heartbeatMs = isProfile(profile) ? profiles[profile].heartbeatMs : null;
  return heartbeatMs === null ? null : 3 * heartbeatMs;
}

/** Whether a device of this profile acts on a command. */
export function understands(profile: string, command: 'reassure'): boolean {
  const known: Profile | null = isProfile(profile) ? profiles[profile] : null;
  return known?.commands?.includes(command) ?? false;
}

/** Whether an event of a device of this profile shows that staff have come. */
export function isArrival(profile: string, type: EventType): boolean {
  const known: Profile | null = isProfile(profile) ? profiles[profile] : null;
  return known?.arrivesBy?.includes(type) ?? false;
}
