import type { Trend } from '../../gateway/protocol/series/series.ts';
import type { Line } from '../chart/line.ts';

/** The series of one kind of value, which share a chart. */
export interface TrendGroup {
  /** As `temperature.celsius`. */
  key: string;
  unit: string;
  trends: Trend[];
}

/** Together what is measured in the same unit of the same thing; those without any point are left out. */
export function groupsOf(trends: readonly Trend[]): TrendGroup[] {
  const told = trends.filter(({ points }) => points.length > 0);
  const groups = Map.groupBy(told, ({ measurement, field }) => `${measurement}.${field}`);
  return [...groups].map(([key, all]) => ({ key, unit: all[0]?.unit ?? '', trends: all }));
}

/** A line for each series, by its place in the home; where two share one, by the device too. */
export function linesOf(trends: readonly Trend[], place: (placement: string) => string): Line[] {
  const names = trends.map(({ device }) =>
    device === null ? '' : place(device.placement ?? device.name),
  );
  return trends.map(({ device, points }, index) => {
    const name = names[index] ?? '';
    const isShared = names.filter((one) => one === name).length > 1;
    const own = isShared && device !== null ? `${name} (${device.name})` : name;
    const before = names.slice(0, index).filter((one) => one === name).length;
    const isTwice =
      isShared && trends.filter((one) => one.device?.name === device?.name).length > 1;
    return { name: isTwice ? `${own} ${before + 1}` : own, points };
  });
}
