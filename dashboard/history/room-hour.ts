import type { AlertMark, HomeDayDetail } from '../../gateway/protocol/history/home-day.ts';
import { hourMarks } from '../clock/zoned.ts';

interface HourSum {
  at: number;
  /** As the clock shows it. */
  clock: string;
  /** The second time that the clock shows it. */
  isAgain: boolean;
  /** One for each row. */
  sums: number[];
  alerts: AlertMark[];
}

const hourMs = 3_600_000;

/** The quarters of a day gathered by the hours of its own clock: 23, 24 or 25 of them. */
export function hourSums({
  day,
  from,
  to,
  bucketMs,
  rows,
  alerts,
  home,
}: HomeDayDetail): HourSum[] {
  return hourMarks({ date: day, from, to }, home.timeZone).map(({ at, hour, isAgain }) => {
    const first = Math.round((at - from) / bucketMs);
    const last = first + Math.round(hourMs / bucketMs);
    return {
      at,
      clock: String(hour).padStart(2, '0'),
      isAgain,
      sums: rows.map(({ counts }) => counts.slice(first, last).reduce((sum, one) => sum + one, 0)),
      alerts: alerts.filter((alert) => alert.at >= at && alert.at < at + hourMs),
    };
  });
}
