import type { ReactNode } from 'react';

import { hourMarks, type HourMark, type ZonedDay } from '../clock/zoned.ts';

interface DayTrackProps {
  day: ZonedDay;
  timeZone: string;
  /** How many hours lie between two that are written out; the hour that comes twice is written twice. */
  labelEvery: number;
  /** How much of the width it takes: a day of 24 hours is shorter than one of 25. */
  share?: number;
  children: ReactNode;
}

/** One day from midnight to midnight, an hour as wide as the next, whatever the clocks do. */
export function DayTrack({ day, timeZone, labelEvery, share = 1, children }: DayTrackProps) {
  const marks = hourMarks(day, timeZone);
  return (
    <div className="day-track" style={{ width: percent(share) }}>
      <div className="day-body">
        <div className="day-ticks" aria-hidden="true">
          {marks.map((mark) => (
            <span
              key={mark.at}
              className="day-tick"
              style={placed(day, mark.at, mark.at + 3_600_000)}
            />
          ))}
        </div>
        {children}
        {marks
          .filter((mark) => isTwice(mark, marks))
          .map((mark) => (
            <span
              key={mark.at}
              aria-hidden="true"
              className="day-twice"
              style={placed(day, mark.at, mark.at + 3_600_000)}
            />
          ))}
      </div>
      <div className="day-scale" aria-hidden="true">
        {marks
          .filter((mark) => mark.hour % labelEvery === 0 || isTwice(mark, marks))
          .map((mark) => (
            <span
              key={mark.at}
              data-twice={(isTwice(mark, marks) && mark.hour % labelEvery !== 0) || undefined}
              data-again={mark.isAgain || undefined}
              style={{ left: percent(shareOf(day, mark.at)) }}
            >
              {String(mark.hour).padStart(2, '0')}
            </span>
          ))}
      </div>
    </div>
  );
}

function isTwice({ hour }: HourMark, marks: readonly HourMark[]): boolean {
  return marks.some((mark) => mark.hour === hour && mark.isAgain);
}

function shareOf({ from, to }: ZonedDay, at: number): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1_000}%`;
}

/** Where a stretch of time lies within the day. */
export function placed(day: ZonedDay, from: number, to: number): { left: string; width: string } {
  const start = shareOf(day, from);
  return { left: percent(start), width: percent(shareOf(day, to) - start) };
}
