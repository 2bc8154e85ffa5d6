import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';

import type { HomeDay } from '../../gateway/protocol/history/home-day.ts';
import { hoursTooMany, wallOf } from '../clock/zoned.ts';
import { type Cell, cellsOf, move, type Place } from './cell.ts';
import { BandLegend, BandPatterns, HourScale } from './day-band.tsx';
import { DayFacts } from './day-facts.tsx';
import { DayTrack, type Stand, useCellWords } from './day-track.tsx';
import { capital, dayName, type Told } from './day-words.ts';
import { evenHours, hourPlaces } from './hour-place.ts';

interface WeekRowsProps {
  homeId: string;
  days: readonly HomeDay[];
  /** As many days of another week, to stand beside; null: one week only. */
  compared: readonly HomeDay[] | null;
  told: Told;
  now: number;
}

/** A week, a row for each day; beside each, where a week is compared, the same day of that one. */
export function WeekRows({ homeId, days, compared, told, now }: WeekRowsProps) {
  const patterns = useId();
  const box = useRef<HTMLOListElement>(null);
  const rows = useMemo(
    () =>
      days.flatMap((day, index) => {
        const other = compared?.[index];
        return other === undefined ? [day] : [day, other];
      }),
    [days, compared],
  );
  const cells = useMemo(
    () => rows.map((day) => cellsOf(day, told.timeZone)),
    [rows, told.timeZone],
  );
  const [at, setAt] = useState<Place | null>(null);
  const stride = compared === null ? 1 : 2;
  const { week } = told.words;
  const onKeyDown = (event: KeyboardEvent) => {
    const from = placeOf(event.target);
    const next = from === null ? null : move(cells, from, event.key, stride);
    if (next === null) return;
    event.preventDefault();
    const selector = `[data-row="${next.row}"][data-cell="${next.cell}"]`;
    box.current?.querySelector<HTMLElement>(selector)?.focus();
  };
  const stand: Stand = {
    onKeyDown,
    onFocus: (event) => setAt(placeOf(event.target)),
    onBlur: () => setAt(null),
  };
  return (
    <div className="week" data-compared={compared !== null || undefined}>
      <BandPatterns id={patterns} />
      <div className="week-scale">
        <ScaleRow />
        {stride === 2 && <ScaleRow />}
      </div>
      <ol ref={box} aria-label={week.days} className="week-rows">
        {rows.map((day, index) => (
          <DayRow
            key={`${day.day}-${index % stride}`}
            homeId={homeId}
            day={day}
            cells={cells[index] ?? []}
            row={index}
            isCompared={stride === 2 && index % 2 === 1}
            at={at?.row === index ? at.cell : null}
            told={told}
            patterns={patterns}
            now={now}
            stand={stand}
          />
        ))}
      </ol>
      <p className="field-note">{week.how}</p>
      <BandLegend said={week} patterns={patterns} />
    </div>
  );
}

/** Above the rows, where their pictures are. */
function ScaleRow() {
  return (
    <div className="day-row scale-row">
      <HourScale hours={evenHours} />
    </div>
  );
}

/** Which row and cell somebody stands at. */
function placeOf(target: EventTarget): Place | null {
  const element = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-cell]') : null;
  if (element === null) return null;
  return { row: Number(element.dataset['row']), cell: Number(element.dataset['cell']) };
}

interface DayRowProps {
  homeId: string;
  day: HomeDay;
  cells: readonly Cell[];
  row: number;
  isCompared: boolean;
  /** Which of its cells somebody stands at. */
  at: number | null;
  told: Told;
  patterns: string;
  now: number;
  stand: Stand;
}

function DayRow({ homeId, day, row, isCompared, at, ...track }: DayRowProps) {
  const { cells, told, now, stand } = track;
  const id = useId();
  const tell = useCellWords(told);
  const { week } = told.words;
  const isToday = wallOf(now, told.timeZone).date === day.day;
  const read = at === null ? undefined : cells[at];
  const reading = read === undefined ? '' : tell(read);
  const zoned = { ...day, date: day.day };
  return (
    <li
      className="day-row"
      data-today={isToday || undefined}
      data-compared={isCompared || undefined}
    >
      <div className="day-name">
        <Link
          to={`/homes/${encodeURIComponent(homeId)}/history/${day.day}`}
          aria-describedby={`${id}-facts`}
          data-row={row}
          data-cell={0}
          {...stand}
        >
          {capital(dayName(day.day, told.locale, { length: 'short' }))}
        </Link>
        {isToday && <span className="day-tag">{week.today}</span>}
      </div>
      <div>
        <DayTrack day={day} row={row} {...track} />
        {hoursTooMany(zoned) !== 0 && <HourScale hours={hourPlaces(zoned, told.timeZone)} />}
      </div>
      <p id={`${id}-facts`} className="day-facts">
        <DayFacts day={day} told={told} isToday={isToday} />
      </p>
      {reading !== '' && (
        <p className="day-reading" aria-hidden="true">
          {reading}
        </p>
      )}
    </li>
  );
}
