import type { PlanLine } from '../../protocol/duty/plan.ts';
import { weekdays } from '../../protocol/rule/during.ts';

const minutesADay = 1_440;
const minutesAWeek = 7 * minutesADay;

type PlannedHomes = readonly { id: string; unitId: string }[];

/** The minutes of a week on the wall clock that hours cover, from Monday at midnight. */
function minutesOf(hours: PlanLine['hours']): Uint8Array {
  const minutes = new Uint8Array(minutesAWeek);
  if (hours === undefined) return minutes.fill(1);
  const from = minuteOf(hours.from);
  const length = (minuteOf(hours.to) - from + minutesADay) % minutesADay;
  for (const [day, name] of weekdays.entries()) {
    if (hours.days !== undefined && !hours.days.includes(name)) continue;
    for (let minute = 0; minute < length; minute += 1) {
      minutes[(day * minutesADay + from + minute) % minutesAWeek] = 1;
    }
  }
  return minutes;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The lines that mean a home, the strongest first. */
function linesFor(lines: readonly PlanLine[], home: { id: string; unitId: string }): number[] {
  const all = [...lines.entries()];
  const named = all.filter(([, { homeIds }]) => homeIds?.includes(home.id) === true);
  const rest = all.filter(([, { homeIds }]) => homeIds === undefined);
  const ofUnit = rest.filter(([, line]) => line.ofUnit === home.unitId);
  const general = rest.filter(([, line]) => line.ofUnit === undefined);
  return [...named, ...ofUnit, ...general].map(([index]) => index);
}

interface Cover {
  /** Lines that win for a minute or more. */
  winning: ReadonlySet<number>;
  /** Whether some minute is left to the home's own unit. */
  isOpen: boolean;
}

function coverOf(order: readonly number[], minutes: readonly Uint8Array[]): Cover {
  const taken = new Uint8Array(minutesAWeek);
  const winning = new Set<number>();
  for (const index of order) {
    if (!taken.includes(0)) break;
    for (const [minute, isIn] of (minutes[index] ?? taken).entries()) {
      if (isIn === 0 || taken[minute] === 1) continue;
      taken[minute] = 1;
      winning.add(index);
    }
  }
  return { winning, isOpen: taken.includes(0) };
}

/** How the lines share the week between them, for each unit and set of lines that means some homes. */
function coversOf(lines: readonly PlanLine[], homes: PlannedHomes) {
  const minutes = lines.map(({ hours }) => minutesOf(hours));
  const orders = new Map<string, { order: number[]; units: Set<string> }>();
  for (const home of homes) {
    const order = linesFor(lines, home);
    const known = orders.get(order.join()) ?? { order, units: new Set() };
    known.units.add(home.unitId);
    orders.set(order.join(), known);
  }
  return [...orders.values()].map(({ order, units }) => ({
    units,
    cover: coverOf(order, minutes),
  }));
}

/** Lines that others beat at every minute of the week for every home they mean; those that mean none are another matter. */
export function neverWinning(lines: readonly PlanLine[], homes: PlannedHomes): number[] {
  const meant = new Set(homes.flatMap((home) => linesFor(lines, home)));
  const winning = new Set(coversOf(lines, homes).flatMap(({ cover }) => [...cover.winning]));
  return [...lines.keys()].filter((index) => meant.has(index) && !winning.has(index));
}

/** Units of homes for which some minute of the week is named by no line. */
export function unansweredUnits(lines: readonly PlanLine[], homes: PlannedHomes): string[] {
  const open = coversOf(lines, homes).filter(({ cover }) => cover.isOpen);
  return [...new Set(open.flatMap(({ units }) => [...units]))];
}
