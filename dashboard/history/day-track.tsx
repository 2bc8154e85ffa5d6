import type { FocusEvent, KeyboardEvent } from 'react';
import { Link } from 'react-router';

import type { HomeDay } from '../../gateway/protocol/history/home-day.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { frontOf } from '../chart/front.ts';
import { clockTime } from '../clock/exact.ts';
import { useSpeech } from '../text/language-context.tsx';
import { type Cell, isWordCovered } from './cell.ts';
import { DayBand } from './day-band.tsx';
import { bandWords, type Told } from './day-words.ts';

/** What one stands at, in words; the day itself has its name. */
export function useCellWords(told: Told): (cell: Cell) => string {
  const { words, say } = useSpeech();
  const { week } = words.history;
  return (cell) => {
    switch (cell.kind) {
      case 'day':
        return '';
      case 'band':
        return bandWords(cell.band, told);
      case 'alert': {
        const { severity, title, at } = cell.alert;
        const clock = clockTime(at, told.locale, told.timeZone);
        return week.alert(words.severity[severity], say(title), clock);
      }
    }
  };
}

/** What happens where somebody stands. */
export interface Stand {
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: FocusEvent) => void;
  onBlur: () => void;
}

interface DayTrackProps {
  day: HomeDay;
  told: Told;
  patterns: string;
  now: number;
  cells: readonly Cell[];
  /** Its place among the rows. */
  row: number;
  stand: Stand;
}

/** The picture of a day, and over it what can be stood at and read. */
export function DayTrack({ day, told, patterns, now, cells, row, stand }: DayTrackProps) {
  const tell = useCellWords(told);
  const { week } = told.words;
  return (
    <div className="track">
      <DayBand day={day} timeZone={told.timeZone} patterns={patterns} now={now} />
      {cells.map((cell, index) => {
        if (cell.kind === 'day') return null;
        const place = { 'data-row': row, 'data-cell': index, ...stand };
        const left = `${cell.from * 100}%`;
        if (cell.kind === 'band') {
          return (
            <button
              key={`${cell.band.kind}-${cell.band.from}`}
              type="button"
              tabIndex={-1}
              className="track-band"
              data-kind={cell.band.kind}
              aria-label={tell(cell)}
              style={{ left, width: `${(cell.to - cell.from) * 100}%` }}
              {...place}
            >
              {!isWordCovered(cells, cell) && (
                <span className="track-word" aria-hidden="true">
                  {week.short[cell.band.kind]}
                </span>
              )}
            </button>
          );
        }
        return (
          <span
            key={cell.alert.id}
            className="track-alert"
            style={{ left, zIndex: frontOf(cell.alert.severity) }}
          >
            <Link
              to={`/alerts/${encodeURIComponent(cell.alert.id)}`}
              tabIndex={-1}
              aria-label={tell(cell)}
              {...place}
            >
              <SeverityMark severity={cell.alert.severity} />
            </Link>
          </span>
        );
      })}
    </div>
  );
}
