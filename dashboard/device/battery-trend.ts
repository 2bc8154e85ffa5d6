import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import type { Forecast, Trend, TrendList } from '../../gateway/protocol/series/series.ts';

type Told = Pick<
  DeviceDetail,
  'id' | 'name' | 'placement' | 'battery' | 'batteryEndsAt' | 'description'
>;

const usualUrgentPercent = 10;
const dayMs = 86_400_000;

/** What was measured, with the battery as the device itself remembers it where history has none. */
export function withBattery(list: TrendList, device: Told): TrendList {
  const isTold = list.trends.some(
    ({ measurement, points }) => measurement === 'battery' && points.length > 0,
  );
  const battery = device.battery.filter(({ day }) => day >= list.from && day <= list.to);
  if (isTold || battery.length < 2) return list;
  const { id, name, placement } = device;
  const trend: Trend = {
    measurement: 'battery',
    field: 'percent',
    unit: '%',
    tags: {},
    points: battery.map(({ day: at, percent }) => ({
      at,
      count: 1,
      mean: percent,
      min: percent,
      max: percent,
      sum: percent,
      last: percent,
    })),
    device: { id, name, placement },
    forecast: forecastOf(device),
  };
  return { ...list, trends: [trend, ...list.trends] };
}

function forecastOf({ battery, batteryEndsAt, description }: Told): Forecast | null {
  const last = battery.at(-1);
  if (last === undefined || batteryEndsAt === null || batteryEndsAt <= last.day) return null;
  const limit = description?.battery?.urgentPercent ?? usualUrgentPercent;
  const perDay = (limit - last.percent) / ((batteryEndsAt - last.day) / dayMs);
  return { perDay, limit, limitAt: batteryEndsAt };
}
