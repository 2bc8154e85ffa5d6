/** The lowest percentage of a day; days count from 1970-01-01 in UTC. */
export interface BatteryDay {
  day: number;
  percent: number;
}

const dayMs = 86_400_000;
/** How much of the past says something of what is to come. */
export const forecastDays = 90;
/** A battery often falls faster towards its end than over its life. */
const lateDays = 21;
const leastDays = 5;
const leastFall = 3;
/** So much higher than the day before is another battery, or one that has been charged. */
const changePoints = 15;
/** What has not been told for so long is no ground for a forecast. */
const staleDays = 30;
/** Beyond this nobody plans. */
const furthestDays = 3 * 365;
const mostPoints = 30;

/**
 * When a battery will be at its urgent percentage, by its own history, oldest day first; in epoch milliseconds. Null where
 * there is no telling: too short a history, no fall to speak of, or there already. Never before `now`.
 */
export function batteryEndsAt(
  history: readonly BatteryDay[],
  urgentPercent: number,
  now: number,
): number | null {
  const today = Math.floor(now / dayMs);
  const recent = history.filter(({ day }) => day > today - forecastDays && day <= today);
  const own = sinceFallBegan(sinceChange(withoutDips(recent)));
  const last = own.at(-1);
  if (last === undefined || last.percent <= urgentPercent || last.day < today - staleDays) {
    return null;
  }
  const late = own.filter(({ day }) => day > last.day - lateDays);
  const ends = [own, late].flatMap((days) => endOf(days, urgentPercent) ?? []);
  const end = Math.min(...ends);
  return end > today + furthestDays ? null : Math.max(now, Math.round(end * dayMs));
}

/** Leaves out days that are far below both of their neighbours: a reading gone wrong. */
function withoutDips(days: readonly BatteryDay[]): BatteryDay[] {
  return days.filter(({ percent }, index) => {
    const before = days[index - 1];
    const after = days[index + 1];
    if (before === undefined || after === undefined) return true;
    return percent > Math.min(before.percent, after.percent) - changePoints;
  });
}

function sinceChange(days: readonly BatteryDay[]): readonly BatteryDay[] {
  const change = days.findLastIndex(
    ({ percent }, index) => percent - (days[index - 1]?.percent ?? percent) >= changePoints,
  );
  return change === -1 ? days : days.slice(change);
}

/** From the last day at the top: many cells tell 100 % for months, and that says nothing of the fall. */
function sinceFallBegan(days: readonly BatteryDay[]): readonly BatteryDay[] {
  const top = days.reduce((most, { percent }) => Math.max(most, percent), 0);
  const below = days.findIndex(({ percent }) => percent < top - 1);
  return below === -1 ? days : days.slice(Math.max(0, below - 1));
}

/** The day, with a fraction, on which a straight line through these days is at the percentage. */
function endOf(days: readonly BatteryDay[], urgentPercent: number): number | null {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined || days.length < leastDays) return null;
  const points = thinned(days);
  const fall = -middle(slopesOf(points));
  if (fall * (last.day - first.day) < leastFall) return null;
  const fitted = middle(points.map(({ day, percent }) => percent - fall * (last.day - day)));
  // Two days below the line are no slip of a reading: the battery has dropped.
  const level = Math.min(fitted, Math.max(...days.slice(-2).map(({ percent }) => percent)));
  return last.day + (Math.max(level, urgentPercent) - urgentPercent) / fall;
}

/** Evenly chosen days, the last among them, so that ten thousand devices are soon compared. */
function thinned(days: readonly BatteryDay[]): readonly BatteryDay[] {
  const every = Math.ceil(days.length / mostPoints);
  return every === 1 ? days : days.filter((_, index) => (days.length - 1 - index) % every === 0);
}

/** Between all pairs (Theil and Sen): what a few wrong days say is outvoted. */
function slopesOf(points: readonly BatteryDay[]): number[] {
  return points.flatMap((one, index) =>
    points.slice(index + 1).map((other) => (other.percent - one.percent) / (other.day - one.day)),
  );
}

function middle(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? 0;
  return Number.isInteger(half) ? (upper + (sorted[half - 1] ?? upper)) / 2 : upper;
}
