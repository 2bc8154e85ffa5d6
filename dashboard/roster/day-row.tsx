import { Button } from '@midas-ds/components/button';

import type { Gap, PlannedShift } from '../../gateway/protocol/duty/roster.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import type { ZonedDay } from '../clock/zoned.ts';
import { DayName } from '../plan/day-name.tsx';
import { DayTrack, placed } from '../plan/day-track.tsx';
import { useTold } from '../plan/use-told.ts';
import { clockWords, momentWords } from '../plan/when.ts';
import { useWords } from '../text/language-context.tsx';
import { lanesOf, within } from './lane.ts';
import { useRoster } from './roster-context.tsx';
import { gapChange } from './roster-words.ts';

interface DayRowProps {
  day: ZonedDay;
  isToday: boolean;
  shifts: readonly PlannedShift[];
  gaps: readonly Gap[];
  toneOf: (personId: string) => number;
  /** How long the longest day of the week is. */
  longestMs: number;
  onOpen: (shift: PlannedShift) => void;
  onFill: (gap: Gap) => void;
}

const laneRem = 2.25;

/** One day of the roster: who is at work, and when nobody is. */
export function DayRow(props: DayRowProps) {
  const { day, isToday, shifts, gaps, toneOf, longestMs, onOpen, onFill } = props;
  const told = useTold();
  const { roster } = useWords().plan;
  const { mayChange } = useRoster();
  const laid = lanesOf(within(shifts, day));
  const missing = within(gaps, day);
  const lanes = Math.max(1, ...laid.map(({ lane }) => lane + 1));
  return (
    <li className="roster-day" id={`day-${day.date}`} data-today={isToday || undefined}>
      <h4 className="day-name" tabIndex={-1}>
        <DayName day={day} />
      </h4>
      <div className="roster-track">
        <DayTrack
          day={day}
          timeZone={told.timeZone}
          labelEvery={3}
          share={(day.to - day.from) / longestMs}
        >
          <div style={{ height: `${lanes * laneRem}rem` }} />
          {missing.map((gap) => (
            <span key={gap.from} className="gap-mark" style={placed(day, gap.from, gap.to)} />
          ))}
          {laid.map(({ item, lane }) => (
            <ShiftBlock
              key={`${item.shiftId} ${item.from}`}
              day={day}
              shift={item}
              top={`${lane * laneRem}rem`}
              tone={toneOf(item.person.id)}
              onOpen={mayChange ? onOpen : null}
            />
          ))}
        </DayTrack>
        {missing.map((gap) => (
          <GapLine key={gap.from} day={day} gap={gap} onFill={mayChange ? onFill : null} />
        ))}
        {laid.length === 0 && missing.length === 0 && <p className="label">{roster.free}</p>}
      </div>
    </li>
  );
}

interface ShiftBlockProps {
  day: ZonedDay;
  shift: PlannedShift;
  top: string;
  tone: number;
  onOpen: ((shift: PlannedShift) => void) | null;
}

function ShiftBlock({ day, shift, top, tone, onOpen }: ShiftBlockProps) {
  const told = useTold();
  const { roster } = useWords().plan;
  const { person, from, to, isSwap, isVacant } = shift;
  const notes = [...(isSwap ? [roster.swap] : []), ...(isVacant ? [roster.vacant] : [])];
  const shown = notes.length > 0 ? `${person.name} (${notes.join(', ')})` : person.name;
  const name = roster.shift(shown, momentWords(from, told), momentWords(to, told));
  const look = {
    className: 'shift',
    title: name,
    style: { ...placed(day, from, to), top },
    'data-tone': tone,
    'data-cut-before': from < day.from || undefined,
    'data-cut-after': to > day.to || undefined,
  };
  return onOpen === null ? (
    <span {...look}>
      <span className="visually-hidden">{name}</span>
      <span aria-hidden="true">{shown}</span>
    </span>
  ) : (
    <button type="button" {...look} aria-label={name} onClick={() => onOpen(shift)}>
      {shown}
    </button>
  );
}

interface GapLineProps {
  day: ZonedDay;
  gap: Gap;
  onFill: ((gap: Gap) => void) | null;
}

/** A gap in words, within the day on which it is drawn. */
function GapLine({ day, gap, onFill }: GapLineProps) {
  const told = useTold();
  const { roster } = useWords().plan;
  const from = Math.max(gap.from, day.from);
  const to = Math.min(gap.to, day.to);
  const times = `${clockWords(from, told)}–${to === day.to ? '24:00' : clockWords(to, told)}`;
  const change = gap.isClockChange ? gapChange(gap, told) : null;
  const said = roster.gapOnDay(
    Math.ceil((to - from) / 60_000),
    change === null ? times : `${times}, ${change}`,
  );
  return (
    <p className="gap-line">
      <SeverityMark severity="high" />
      <strong>{said}</strong>
      {onFill !== null && (
        <Button
          variant="secondary"
          size="medium"
          aria-label={roster.fillOf(said)}
          onPress={() => onFill(gap)}
        >
          {roster.fill}
        </Button>
      )}
    </p>
  );
}
