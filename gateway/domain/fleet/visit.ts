import type { Fault, FleetDevice, VisitList } from '../../protocol/device/fleet.ts';
import { type DeviceFacts, isHubGone } from './device-facts.ts';
import { rank } from './find.ts';

export interface Visitable {
  facts: DeviceFacts;
  device: FleetDevice;
}

type Visit = VisitList['items'][number];

const weekMs = 7 * 86_400_000;
/** What is mended where the device is, and does not wait for another errand. */
const errands: ReadonlySet<Fault> = new Set(['battery-urgent', 'unfinished', 'weak-link']);
const batteries: ReadonlySet<Fault> = new Set(['battery-urgent', 'battery-low', 'battery-falling']);

/** The homes to go to this week and what to see to there, the most pressing home first. */
export function visitsOf(all: readonly Visitable[], now: number): Visit[] {
  const homes = Map.groupBy(
    all.filter(({ device }) => device.homeId !== null),
    ({ device }) => device.homeId ?? '',
  );
  return [...homes.values()]
    .filter((home) => home.some((one) => needsVisit(one, now)))
    .map((home) => visitTo(home, now))
    .sort(morePressing);
}

/** A device that is silent behind a hub that is gone is not the errand: the hub is. */
function needsVisit({ facts: { hub }, device }: Visitable, now: number): boolean {
  const isOfHub = hub !== null && isHubGone(hub, now);
  if (!isOfHub && (device.faults.includes('silent') || hub?.reaches === false)) return true;
  if (device.batteryEndsAt !== null && device.batteryEndsAt - now <= weekMs) return true;
  return device.faults.some((fault) => errands.has(fault));
}

/** Whoever is there anyway changes the batteries that will not last. */
function visitTo(home: readonly Visitable[], now: number): Visit {
  const due = home.filter((one) => needsVisit(one, now) || hasTiredBattery(one));
  const [{ device: first } = { device: null }] = due;
  return {
    homeId: first?.homeId ?? '',
    homeLabel: first?.homeLabel ?? '',
    unitName: first?.unitName ?? '',
    devices: due.map(({ device }) => device).sort((a, b) => rank(a) - rank(b)),
    bring: batteriesFor(due.filter(hasTiredBattery)),
  };
}

function hasTiredBattery({ device }: Visitable): boolean {
  return device.faults.some((fault) => batteries.has(fault));
}

function batteriesFor(due: readonly Visitable[]): Visit['bring'] {
  const counts = new Map<string | null, number>();
  for (const { facts } of due) {
    const { chemistry, count } = facts.model?.battery ?? { chemistry: null, count: 1 };
    counts.set(chemistry, (counts.get(chemistry) ?? 0) + count);
  }
  return [...counts].map(([what, count]) => ({ what, count }));
}

const swedish = new Intl.Collator('sv', { numeric: true });

function morePressing(a: Visit, b: Visit): number {
  return (
    worst(a) - worst(b) ||
    b.devices.length - a.devices.length ||
    swedish.compare(a.homeLabel, b.homeLabel)
  );
}

function worst({ devices }: Visit): number {
  return Math.min(...devices.map(rank));
}
