import { Link } from 'react-router';

import type { HomeDay } from '../../gateway/protocol/history/home-day.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { clockTime } from '../clock/exact.ts';
import { useSpeech } from '../text/language-context.tsx';
import { capital, dayName, minutesWords, pausedMinutes, type Told } from './day-words.ts';

interface WeekTableProps {
  caption: string;
  homeId: string;
  days: readonly HomeDay[];
  told: Told;
}

/** The same as the rows show, in numbers. */
export function WeekTable({ caption, homeId, days, told }: WeekTableProps) {
  const { words, say } = useSpeech();
  const { week } = told.words;
  const clock = (at: number) => clockTime(at, told.locale, told.timeZone);
  const minutes = (many: number) => minutesWords(many, told);
  function known<T>(value: T | null, tell: (some: T) => string) {
    if (value !== null) return <span className="whole-cell">{tell(value)}</span>;
    return (
      <>
        <span aria-hidden="true">{week.notKnown}</span>
        <span className="visually-hidden">{week.notKnownWord}</span>
      </>
    );
  }
  const { columns } = week;
  const isPaused = days.some((day) => pausedMinutes(day) > 0);
  return (
    <FigureTable
      caption={caption}
      heads={[
        columns.day,
        columns.toBed,
        columns.rose,
        columns.nightsUp,
        columns.rest,
        columns.away,
        ...(isPaused ? [columns.paused] : []),
        columns.rooms,
        columns.bathroom,
        columns.alerts,
      ]}
      rows={days.map((day) => ({
        key: day.day,
        cells: [
          <Link
            key={day.day}
            className="whole-cell"
            to={`/homes/${encodeURIComponent(homeId)}/history/${day.day}`}
          >
            {capital(dayName(day.day, told.locale, { length: 'short' }))}
          </Link>,
          known(day.wentToBedAt, clock),
          known(day.roseAt, clock),
          known(day.nightsUp, (count) =>
            count === 0 ? '0' : `${count} (${minutes(day.upMinutes ?? 0)})`,
          ),
          known(day.restMinutes, minutes),
          known(day.awayMinutes, minutes),
          ...(isPaused ? [known(pausedMinutes(day), minutes)] : []),
          known(day.rooms, String),
          known(day.bathroom, ({ visits, longestMinutes }) =>
            visits === 0 ? '0' : week.bathroom(visits, minutes(longestMinutes)),
          ),
          <span key="alerts" className="text-cell">
            {day.alerts
              .map(({ at, severity, title }) =>
                week.alert(words.severity[severity], say(title), clock(at)),
              )
              .join('; ')}
          </span>,
        ],
      }))}
    />
  );
}
