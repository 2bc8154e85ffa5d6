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
  'presence-sensor': {
    title: { sv: 'Närvarosensor', en: 'Presence sensor' },
    capabilities: ['presence.detected', 'presence.cleared', 'motion.detected', 'motion.cleared'],
    heartbeatMs: 20 * minute,
    placement: 'living-room',
  },
  'fall-radar': {
    title: { sv: 'Fallradar', en: 'Fall radar' },
    capabilities: ['fall.detected', 'presence.detected', 'presence.cleared'],
    heartbeatMs: 10 * minute,
    placement: 'bathroom',
  },
  'seizure-sensor': {
    title: { sv: 'Epilepsilarm', en: 'Seizure sensor' },
    capabilities: ['seizure.detected', 'bed.left', 'bed.entered'],
    heartbeatMs: 10 * minute,
    placement: 'bed',
  },
  'medication-dispenser': {
    title: { sv: 'Läkemedelsautomat', en: 'Medication dispenser' },
    capabilities: ['medication.taken', 'medication.missed', 'power.lost', 'power.restored'],
    heartbeatMs: 60 * minute,
    placement: 'kitchen',
  },
  'location-alarm': {
    title: { sv: 'Positionslarm', en: 'Location alarm' },
    capabilities: ['help.pressed', 'area.left', 'area.entered', 'battery.measured'],
    heartbeatMs: 30 * minute,
    placement: 'worn',
  },
  plug: {
    title: { sv: 'Mätande vägguttag', en: 'Metering plug' },
    capabilities: ['power.measured', 'power.lost', 'power.restored'],
    heartbeatMs: 20 * minute,
    placement: 'kitchen',
  },
  /** What a hub describes and no other kind fits: it tells what the description says. */
  sensor: {
    title: { sv: 'Annan sensor', en: 'Other sensor' },
    capabilities: ['device.heartbeat'],
    heartbeatMs: 60 * minute,
    placement: 'other',
  },
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

/** What a model says for itself, where it is more exact than its kind. */
export interface ModelFacts {
  capabilities: readonly EventType[];
  supervision: { everyMs: number | null; graceMs: number };
}

/** What a device can tell; nothing of a profile that is unknown. */
export function capabilitiesOf(
  profile: string,
  model: Pick<ModelFacts, 'capabilities'> | null = null,
): readonly EventType[] {
  if (model !== null) return model.capabilities;
  return isProfile(profile) ? profiles[profile].capabilities : [];
}

/** How long it may say nothing, in milliseconds: three missed heartbeats, or what its model says; null: for ever. */
export function silentAfterMs(
  profile: string,
  model: Pick<ModelFacts, 'supervision'> | null = null,
): number | null {
  if (model !== null) {
    const { everyMs, graceMs } = model.supervision;
    return everyMs === null ? null : everyMs + graceMs;
  }
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
