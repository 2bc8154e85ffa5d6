import type { PlanLine } from '../../protocol/duty/plan.ts';
import { weekdays } from '../../protocol/rule/during.ts';
import { rankEntries } from './rank.ts';

const minutesADay = 1_440;
const minutesAWeek = 7 * minutesADay;
/** Of one word of an array. */
const bits = 32;

type PlannedHomes = readonly { id: string; unitId: string }[];

/** The minutes of a week on the wall clock that hours cover, from Monday at midnight; a bit for each. */
function minutesOf(hours: PlanLine['hours']): Uint32Array {
  const minutes = new Uint32Array(minutesAWeek / bits);
  if (hours === undefined) return minutes.fill(~0);
  const from = minuteOf(hours.from);
  const length = (minuteOf(hours.to) - from + minutesADay) % minutesADay;
  for (const [day, name] of weekdays.entries()) {
    if (hours.days !== undefined && !hours.days.includes(name)) continue;
    for (let minute = 0; minute < length; minute += 1) {
      const place = (day * minutesADay + from + minute) % minutesAWeek;
      const word = Math.floor(place / bits);
      minutes[word] = (minutes[word] ?? 0) | (1 << (place % bits));
    }
  }
  return minutes;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

interface Cover {
  /** Lines that win for a minute or more. */
  winning: ReadonlySet<number>;
  /** Whether some minute is left to the home's own unit. */
  isOpen: boolean;
}

function coverOf(order: readonly number[], minutes: readonly Uint32Array[]): Cover {
  const open = minutesOf(undefined);
  const winning = new Set<number>();
  for (const index of order) {
    const own = minutes[index] ?? new Uint32Array(open.length);
    let taken = 0;
    let rest = 0;
    for (let word = 0; word < open.length; word += 1) {
      const left = open[word] ?? 0;
      const wanted = own[word] ?? 0;
      taken |= left & wanted;
      rest |= left & ~wanted;
      open[word] = left & ~wanted;
    }
    if (taken !== 0) winning.add(index);
    if (rest === 0) return { winning, isOpen: false };
  }
  return { winning, isOpen: true };
}

/** What becomes of the lines of a plan, week for week. */
export interface LineCover {
  /** Lines that others beat at every minute of the week for every home they mean; those that mean none are another matter. */
  neverWinning: readonly number[];
  /** Units of homes for which some minute of the week is named by no line. */
  unansweredUnits: readonly string[];
}

/** How the lines share the week between them, for each set of lines that means some homes. */
export function coverLines(lines: readonly PlanLine[], homes: PlannedHomes): LineCover {
  const minutes = lines.map(({ hours }) => minutesOf(hours));
  const ranked = rankEntries(lines);
  const orders = new Map<string, { order: readonly number[]; units: Set<string> }>();
  for (const home of homes) {
    const order = ranked(home);
    const key = order.join();
    const known = orders.get(key) ?? { order, units: new Set() };
    known.units.add(home.unitId);
    orders.set(key, known);
  }
  const meant = new Set<number>();
  const winning = new Set<number>();
  const unanswered = new Set<string>();
  for (const { order, units } of orders.values()) {
    const cover = coverOf(order, minutes);
    for (const index of order) meant.add(index);
    for (const index of cover.winning) winning.add(index);
    if (cover.isOpen) for (const unit of units) unanswered.add(unit);
  }
  return {
    neverWinning: [...lines.keys()].filter((index) => meant.has(index) && !winning.has(index)),
    unansweredUnits: [...unanswered],
  };
}
