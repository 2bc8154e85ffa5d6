import { dayOf } from '../../../dashboard/clock/zoned.ts';
import type { Band, HomeDay } from '../../../gateway/protocol/history/home-day.ts';
import { givenDay } from '../../gateway/protocol/history/given-day.ts';

export const timeZone = 'Europe/Stockholm';
const hour = 3_600_000;

interface Filling {
  /** Of a kind, from an hour after midnight to another. */
  bands?: readonly (readonly [kind: Band['kind'], from: number, to: number])[];
  alerts?: readonly (readonly [id: string, hour: number])[];
}

/** A day in Stockholm of which nothing is known but this. */
export function homeDay(day: string, { bands = [], alerts = [] }: Filling = {}): HomeDay {
  const { from, to } = dayOf(day, timeZone);
  return givenDay({
    day,
    from,
    to,
    isComplete: true,
    bands: bands.map(([kind, start, end]) => ({
      kind,
      from: from + start * hour,
      to: from + end * hour,
      isEstimated: false,
    })),
    alerts: alerts.map(([id, at]) => ({
      id,
      at: from + at * hour,
      severity: 'high',
      title: { sv: 'Ytterdörren öppen', en: 'Front door open' },
    })),
  });
}
