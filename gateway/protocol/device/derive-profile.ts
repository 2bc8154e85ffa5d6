import type { EventType } from '../catalogue.ts';
import type { Placement } from '../placement.ts';
import { profiles, type ProfileId } from '../profile.ts';
import type { DeviceProfile, DialectName, Supervision } from './device-profile.ts';
import { pictureOf } from './kind-picture.ts';

/** What a hub says of a model. */
export interface Described {
  dialect: DialectName;
  vendor: string | null;
  model: string | null;
  /** What the hub calls it, in its own language; null: it is called what its kind is. */
  title: string | null;
  /** Other names of the model. */
  aliases?: readonly string[];
  capabilities: Iterable<EventType>;
  /** What it runs on; null when the hub does not say. */
  power: 'mains' | 'battery' | null;
  /** How its life shows, where the description says it; otherwise what is safe for its dialect and power. */
  supervision?: Supervision;
  /** What it is for, where that shows in something else than its capabilities. */
  kind?: ProfileId;
}

/** The first that a model can tell decides what kind it is: the dearest first. */
const kindOf: readonly (readonly [EventType, ProfileId])[] = [
  ['area.left', 'location-alarm'],
  ['seizure.detected', 'seizure-sensor'],
  ['fall.detected', 'fall-detector'],
  ['medication.taken', 'medication-dispenser'],
  ['medication.missed', 'medication-dispenser'],
  ['smoke.detected', 'smoke-detector'],
  ['co.detected', 'co-detector'],
  ['water.detected', 'water-detector'],
  ['bed.left', 'bed-sensor'],
  ['bed.entered', 'bed-sensor'],
  ['person.out-of-bed', 'night-camera'],
  ['person.left-room', 'night-camera'],
  ['person.seen', 'night-camera'],
  ['help.pressed', 'call-button'],
  ['door.opened', 'door-contact'],
  ['presence.detected', 'presence-sensor'],
  ['motion.detected', 'motion-sensor'],
  ['power.lost', 'plug'],
  ['power.measured', 'plug'],
  ['temperature.measured', 'thermometer'],
  ['humidity.measured', 'thermometer'],
];

const placementsOf: Partial<Record<ProfileId, readonly Placement[]>> = {
  'call-button': ['worn', 'bedroom', 'bathroom'],
  'door-contact': ['entrance', 'balcony', 'bedroom', 'kitchen'],
  'motion-sensor': ['hall', 'living-room', 'kitchen', 'bathroom', 'bedroom'],
  'presence-sensor': ['living-room', 'bedroom', 'bathroom', 'kitchen'],
  'fall-radar': ['bathroom', 'bedroom', 'living-room'],
  'night-camera': ['bedroom', 'living-room', 'hall'],
  'smoke-detector': ['hall', 'bedroom', 'kitchen', 'living-room'],
  'co-detector': ['hall', 'bedroom', 'kitchen'],
  'water-detector': ['bathroom', 'kitchen', 'other'],
  thermometer: ['living-room', 'bedroom', 'kitchen', 'bathroom'],
  plug: ['kitchen', 'living-room', 'other'],
};

const hour = 3_600_000;

/**
 * Long enough that nothing well is ever called silent. A battery device is given up after 25 hours by zigbee2mqtt
 * itself; one on the mains may say nothing for hours in an empty room.
 */
const usual: Record<Supervision['class'], Supervision> = {
  mains: { class: 'mains', everyMs: 6 * hour, graceMs: 6 * hour },
  battery: { class: 'battery', everyMs: 25 * hour, graceMs: hour },
  'event-only': { class: 'event-only', everyMs: null, graceMs: 0 },
};

/** What a model can be taken for that no release knows, worked out from what its hub says. Always a valid profile. */
export function deriveProfile(described: Described): DeviceProfile {
  const { dialect, power, supervision } = described;
  const capabilities = [...new Set(described.capabilities)].slice(0, 40);
  const kind = described.kind ?? kindFor(capabilities);
  const vendor = printable(described.vendor);
  const model = printable(described.model);
  const title = printable(described.title);
  const aliases = new Set((described.aliases ?? []).map(printable));
  return {
    id: profileId(dialect, vendor, model ?? title ?? kind),
    kind,
    vendor,
    model,
    title: title === null ? profiles[kind].title : { sv: title, en: title },
    dialect,
    aliases: [...aliases].filter((alias) => alias !== null).slice(0, 20),
    capabilities,
    supervision: supervision ?? usual[power ?? 'battery'],
    battery: null,
    placements: [...(placementsOf[kind] ?? [profiles[kind].placement])],
    picture: pictureOf(kind),
    scaip: null,
    source: null,
  };
}

/** What kind of device tells these things; `sensor` when nothing of it says. */
export function kindFor(capabilities: readonly EventType[]): ProfileId {
  const can = new Set(capabilities);
  const kind = kindOf.find(([type]) => can.has(type))?.[1] ?? 'sensor';
  const looks = can.has('presence.detected') || can.has('motion.detected');
  return kind === 'fall-detector' && looks ? 'fall-radar' : kind;
}

/** An id for a model, from names in any script: small letters, digits and hyphens. */
function profileId(dialect: DialectName, vendor: string | null, model: string): string {
  const words = [dialect, vendor ?? '', model].join(' ').normalize('NFKD').replace(/\p{M}/gu, '');
  const id = words.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return id.slice(0, 80).replace(/-+$/, '');
}

/** At most 80 characters on one line; null when there is nothing to read. */
function printable(text: string | null): string | null {
  const line = (text ?? '').replace(/[\p{C}\s]+/gu, ' ').trim();
  return line === '' ? null : line.slice(0, 80).toWellFormed();
}
