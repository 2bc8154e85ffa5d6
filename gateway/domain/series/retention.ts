import {
  type MeasurementName,
  measurementNames,
  measurements,
} from '../../protocol/series/measurement.ts';

export type About = (typeof measurements)[MeasurementName]['about'];
export const abouts = ['life', 'equipment', 'service'] as const satisfies readonly About[];

/** For how many days something is kept as it was measured, by the hour and by the day. */
export interface Retention {
  raw: number;
  hour: number;
  day: number;
}

export type Retentions = Readonly<Record<About, Retention>>;

/** How somebody lives is kept for two years and no longer; what equipment and alerts were like, by the day for ten. */
export const retentions: Retentions = {
  life: { raw: 90, hour: 730, day: 730 },
  equipment: { raw: 90, hour: 730, day: 3_650 },
  service: { raw: 400, hour: 730, day: 3_650 },
};

/**
 * The same with other days for single readings; hours last at least as long, and what tells how somebody lives never
 * longer than two years. Under 32, what devices have kept for long may come too late to be taken.
 */
export function retentionsWith(rawDays: number): Retentions {
  const { life, equipment, service } = retentions;
  return {
    life: { ...life, raw: Math.min(rawDays, life.hour) },
    equipment: { ...equipment, raw: rawDays, hour: Math.max(rawDays, equipment.hour) },
    service: {
      ...service,
      raw: Math.max(rawDays, service.raw),
      hour: Math.max(rawDays, service.hour),
    },
  };
}

/** Which measurements are about it. */
export function measurementsAbout(about: About): MeasurementName[] {
  return measurementNames.filter((name) => measurements[name].about === about);
}
