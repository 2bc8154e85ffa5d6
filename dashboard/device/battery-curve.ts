import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';

type Told = Pick<DeviceDetail, 'battery' | 'batteryEndsAt'>;

/** Beyond this a forecast would press the past to the edge of the picture. */
const aheadMs = 120 * 86_400_000;

/** A curve of what was and a line to what will be; in seconds, as the plot wants them. */
export type BatteryCurve = [seconds: number[], was: (number | null)[], willBe: (number | null)[]];

/** Days and percentages, and the forecast from the last of them down to the limit, cut where the picture ends. */
export function curveOf({ battery, batteryEndsAt }: Told, urgentPercent: number): BatteryCurve {
  const seconds = battery.map(({ day }) => day / 1_000);
  const was: (number | null)[] = battery.map(({ percent }) => percent);
  const last = battery.at(-1);
  if (last === undefined || batteryEndsAt === null || batteryEndsAt <= last.day) {
    return [seconds, was, was.map(() => null)];
  }
  const end = Math.min(batteryEndsAt, last.day + aheadMs);
  const share = (end - last.day) / (batteryEndsAt - last.day);
  const percent = last.percent - (last.percent - urgentPercent) * share;
  return [
    [...seconds, end / 1_000],
    [...was, null],
    [...battery.slice(0, -1).map(() => null), last.percent, percent],
  ];
}
