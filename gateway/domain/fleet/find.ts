import {
  type Fault,
  type FleetDevice,
  type FleetQuery,
  faults,
} from '../../protocol/device/fleet.ts';

/** A device of the fleet with what it is looked for by. */
export interface FleetEntry {
  device: FleetDevice;
  unitId: string | null;
}

/** What a person wants of the fleet, however much of it at a time. */
export type FleetWish = Pick<FleetQuery, 'fault' | 'search' | 'unitId' | 'profile' | 'sort'>;

export interface Found {
  /** All that match, in the order asked for. */
  items: readonly FleetDevice[];
  /** Of all that match the rest of the wish. */
  faults: Record<Fault, number>;
  all: number;
  sound: number;
}

/** The devices that match all that is given. */
export function findDevices(entries: readonly FleetEntry[], wish: FleetWish): Found {
  const words = (wish.search ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const rest = entries
    .filter(
      ({ device, unitId }) =>
        (wish.unitId === undefined || wish.unitId === unitId) &&
        (wish.profile === undefined || wish.profile === device.profile) &&
        (words.length === 0 || hasWords(device, words)),
    )
    .map(({ device }) => device);
  const counts = Object.fromEntries(faults.map((fault) => [fault, 0])) as Record<Fault, number>;
  for (const device of rest) for (const fault of device.faults) counts[fault] += 1;
  return {
    items: rest.filter((device) => hasFault(device, wish.fault)).sort(orders[wish.sort]),
    faults: counts,
    all: rest.length,
    sound: rest.filter((device) => device.faults.length === 0).length,
  };
}

function hasWords(device: FleetDevice, words: readonly string[]): boolean {
  const { name, id, homeLabel, model, hubId } = device;
  const text = `${name}\n${id}\n${homeLabel ?? ''}\n${model ?? ''}\n${hubId ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function hasFault(device: FleetDevice, fault: FleetWish['fault']): boolean {
  if (fault === undefined) return true;
  if (fault === 'any') return device.faults.length > 0;
  return fault === 'none' ? device.faults.length === 0 : device.faults.includes(fault);
}

type Order = (a: FleetDevice, b: FleetDevice) => number;

const swedish = new Intl.Collator('sv', { numeric: true });
const byName: Order = (a, b) => swedish.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);
const byHome: Order = (a, b) =>
  lastIfNone(a.homeLabel, b.homeLabel) ||
  swedish.compare(a.homeLabel ?? '', b.homeLabel ?? '') ||
  byName(a, b);

/** The worst fault first; within it the most pressing, and what has more faults. */
const byFault: Order = (a, b) =>
  rank(a) - rank(b) || pressing(a, b) || b.faults.length - a.faults.length || byHome(a, b);

const orders: Readonly<Record<FleetWish['sort'], Order>> = {
  fault: byFault,
  home: byHome,
  battery: (a, b) =>
    (a.batteryPercent ?? Infinity) === (b.batteryPercent ?? Infinity)
      ? byHome(a, b)
      : (a.batteryPercent ?? Infinity) - (b.batteryPercent ?? Infinity),
  'last-seen': (a, b) => (a.lastSeenAt ?? 0) - (b.lastSeenAt ?? 0) || byHome(a, b),
};

/** The place of the worst fault; what has none comes last. */
export function rank({ faults: [worst] }: FleetDevice): number {
  return worst === undefined ? faults.length : faults.indexOf(worst);
}

/** Among devices with the same worst fault: silent for the longest, or lowest on battery. */
function pressing(a: FleetDevice, b: FleetDevice): number {
  const [worst] = a.faults;
  if (worst === 'silent') return (a.silentAt ?? 0) - (b.silentAt ?? 0);
  if (worst === 'battery-falling') return (a.batteryEndsAt ?? 0) - (b.batteryEndsAt ?? 0);
  if (worst !== 'battery-urgent' && worst !== 'battery-low') return 0;
  return (a.batteryPercent ?? 0) - (b.batteryPercent ?? 0);
}

function lastIfNone(a: unknown, b: unknown): number {
  return Number(a === null) - Number(b === null);
}
