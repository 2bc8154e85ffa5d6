import { AppError } from '../domain/errors.ts';
import type { DeviceMore } from '../domain/fleet.ts';
import { batteryEndsAt } from '../domain/fleet/battery-forecast.ts';
import type { DeviceFacts } from '../domain/fleet/device-facts.ts';
import { batteryLimits, linkLimits } from '../domain/fleet/fault.ts';
import type { HomeHistory, Span } from '../domain/history.ts';
import { shownSince } from '../domain/rhythm/consented-since.ts';
import { addDays, dayHoursOf, dayOfInstant } from '../domain/rhythm/day-hours.ts';
import { forecastOf, lineDays } from '../domain/series/forecast.ts';
import type { SeriesQuestion, TelemetryQuery } from '../domain/series/query.ts';
import { capabilitiesOf } from '../protocol/profile.ts';
import { type MeasurementName, measurements } from '../protocol/series/measurement.ts';
import type { Forecast, Trend, TrendList, TrendQuery } from '../protocol/series/series.ts';

const dayMs = 86_400_000;
const rawDays = 2;
const hourDays = 60;
const mostDays = 732;
/** A fall that is more than chance, over the weeks that a forecast looks at. */
const leastFalls = { percent: 3, rssi_dbm: 5, lqi: 15 };

const climate = ['temperature', 'humidity', 'illuminance'] as const;
const lived = ['temperature', 'humidity', 'illuminance', 'power'] as const;

type Asked = Pick<SeriesQuestion, 'where' | 'by' | 'municipalityId' | 'timeZone'>;
type Window = Span & Pick<TrendList, 'step' | 'timeZone'>;

/** What was measured over a span of days, as finely as it can be shown. */
export function createTrends({ query, clock }: { query: TelemetryQuery; clock: () => number }) {
  /** All fields of a measurement that there is something of. */
  async function read(
    measurement: MeasurementName,
    asked: Asked,
    { from, to, step }: Pick<Window, 'from' | 'to' | 'step'>,
  ): Promise<Omit<Trend, 'device' | 'forecast'>[]> {
    const found: Omit<Trend, 'device' | 'forecast'>[] = [];
    for (const [field, unit] of Object.entries(measurements[measurement].fields)) {
      const series = await query.series({ ...asked, measurement, field, from, to, step });
      for (const { tags, points } of series) {
        if (points.length === 0) continue;
        found.push({ measurement, field, unit, tags: { ...tags }, points: [...points] });
      }
    }
    return found;
  }

  async function readAll(
    names: readonly MeasurementName[],
    asked: Asked,
    window: Window,
  ): Promise<Omit<Trend, 'device' | 'forecast'>[]> {
    const found = [];
    for (const name of names) found.push(...(await read(name, asked, window)));
    return found;
  }

  /** The latest weeks, whatever is shown. */
  async function forecastFor(
    { measurement, field }: Pick<Trend, 'measurement' | 'field'>,
    asked: Asked,
    { facts, battery }: { facts: DeviceFacts; battery: DeviceMore['battery'] },
  ): Promise<Forecast | null> {
    const isBattery = measurement === 'battery';
    if (!isBattery && measurement !== 'link') return null;
    const now = clock();
    const today = dayOfInstant(now, asked.timeZone);
    const from = dayHoursOf(addDays(today, -lineDays), asked.timeZone).from;
    const { to } = dayHoursOf(today, asked.timeZone);
    const found = await read(measurement, asked, { from, to, step: 'day' });
    const points = found.find((series) => series.field === field)?.points ?? [];
    const { urgentPercent } = batteryLimits(facts);
    const { lqi, rssiDbm } = linkLimits(facts);
    const limit = isBattery ? urgentPercent : field === 'lqi' ? lqi : rssiDbm;
    const least = field === 'lqi' || field === 'rssi_dbm' ? leastFalls[field] : leastFalls.percent;
    const levels = points.map(({ at, mean }) => ({ at, value: mean }));
    const forecast = forecastOf(levels, { now, limit, least });
    if (!isBattery || forecast === null) return forecast;
    // The same instant as the fleet tells, which looks at the whole life of the battery.
    const days = battery.map(({ day, percent }) => ({ day: day / dayMs, percent }));
    const limitAt = batteryEndsAt(days, urgentPercent, now);
    return { ...forecast, limitAt };
  }

  return {
    climate: async (home: HomeHistory, asked: TrendQuery): Promise<TrendList> => {
      const { id, municipalityId, timeZone, placed } = home;
      const window = windowOf(asked, timeZone);
      const since = shownSince(home);
      if (since === null) return { ...window, trends: [], isWithheld: true };
      const question: Asked = { municipalityId, timeZone, where: { home: id }, by: ['device'] };
      const found = sinceOf(await readAll(climate, question, window), since);
      const trends = found.map((series) => {
        const device = placed.findLast((one) => one.id === series.tags['device']);
        const named = device === undefined ? null : namedOf(device);
        return { ...series, device: named, forecast: null };
      });
      return { ...window, trends, isWithheld: false };
    },
    /** `home`: where the device is now, for those who may know how somebody lives there. */
    device: async (
      { facts, battery, municipalityId, timeZone, home }: DeviceAsked,
      asked: TrendQuery,
    ): Promise<TrendList> => {
      const window = windowOf(asked, timeZone);
      const own: Asked = { municipalityId, timeZone, where: { device: facts.id }, by: [] };
      const found = await readAll(['battery', 'link'], own, window);
      const since = home === null ? null : shownSince(home);
      const atHome = { ...own, where: { device: facts.id, home: home?.id ?? '' } };
      if (since !== null) found.push(...sinceOf(await readAll(lived, atHome, window), since));
      const trends: Trend[] = [];
      for (const series of found) {
        const forecast = await forecastFor(series, own, { facts, battery });
        trends.push({ ...series, device: namedOf(facts), forecast });
      }
      return { ...window, trends, isWithheld: home !== null && since === null && tellsLife(facts) };
    },
  };
}

export interface DeviceAsked {
  facts: DeviceFacts;
  battery: DeviceMore['battery'];
  municipalityId: string;
  timeZone: string;
  home: HomeHistory | null;
}

/** Whatever a sink may still hold of an earlier consent. */
function sinceOf<Some extends Pick<Trend, 'points'>>(
  found: readonly Some[],
  since: number,
): Some[] {
  return found
    .map((series) => ({ ...series, points: series.points.filter(({ at }) => at >= since) }))
    .filter(({ points }) => points.length > 0);
}

/** Whether it measures anything that is kept of how somebody lives. */
function tellsLife({ profile, model }: DeviceFacts): boolean {
  const tells = capabilitiesOf(profile, model);
  return lived.some((measurement) => tells.includes(`${measurement}.measured`));
}

function namedOf({ id, name, placement }: Pick<DeviceFacts, 'id' | 'name' | 'placement'>) {
  return { id, name, placement };
}

function windowOf({ from, to }: TrendQuery, timeZone: string): Window {
  // Counted, not listed: somebody may ask for ten thousand years.
  const days = 1 + Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
  if (days > mostDays)
    throw new AppError('invalid', 'Choose two years at the most, from the first day to the last.');
  const step = days <= rawDays ? 'raw' : days <= hourDays ? 'hour' : 'day';
  return {
    from: dayHoursOf(from, timeZone).from,
    to: dayHoursOf(to, timeZone).to,
    timeZone,
    step,
  };
}
