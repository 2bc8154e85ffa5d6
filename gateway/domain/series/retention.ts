import { type MeasurementName, measurements } from '../../protocol/series/measurement.ts';
import { AppError } from '../errors.ts';

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

/** What devices keep for so long may still come, and has to be told from a repeat. */
const leastRawDays = 32;

/** The same with other days for single readings. Throws where they would be fewer than a backlog's, or more than the hours'. */
export function retentionsWith(rawDays: Readonly<Partial<Record<About, number>>>): Retentions {
  const result = { ...retentions };
  for (const about of abouts) {
    const raw = rawDays[about];
    if (raw === undefined) continue;
    const most = retentions[about].hour;
    if (!Number.isInteger(raw) || raw < leastRawDays || raw > most)
      throw new AppError(
        'invalid',
        `Single readings are kept for ${leastRawDays} to ${most} days, not for ${raw}.`,
      );
    result[about] = { ...retentions[about], raw };
  }
  return result;
}

/** Which measurements are about it. */
export function measurementsAbout(about: About): MeasurementName[] {
  return (Object.keys(measurements) as MeasurementName[]).filter(
    (name) => measurements[name].about === about,
  );
}
