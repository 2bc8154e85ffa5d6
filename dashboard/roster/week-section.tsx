import { useCallback } from 'react';

import type { Gap, PlannedShift } from '../../gateway/protocol/duty/roster.ts';
import { fetchCoverage } from '../api/plan-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { instantOf, wallOf, weekOf } from '../clock/zoned.ts';
import { Problem } from '../frame/problem.tsx';
import { useTold } from '../plan/use-told.ts';
import { WeekNav } from '../plan/week-nav.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { DayRow } from './day-row.tsx';
import { useRoster } from './roster-context.tsx';

const refreshMs = 60_000;
const tones = 6;

interface WeekSectionProps {
  monday: string;
  /** Rises when the roster has been changed. */
  version: number;
  onChoose: (monday: string) => void;
  onOpen: (shift: PlannedShift) => void;
  onFill: (gap: Gap) => void;
}

/** A week of the roster, a row for each day: an hour is as wide on a day of 25 as on any other. */
export function WeekSection({ monday, version, onChoose, onOpen, onFill }: WeekSectionProps) {
  const { roster } = useWords().plan;
  const { unit, view } = useRoster();
  const told = useTold();
  const days = weekOf(monday, told.timeZone);
  const from = instantOf(monday, '00:00', told.timeZone);
  const fetcher = useCallback(
    // Two weeks: the week in October is an hour longer than seven days of 24.
    async (signal: AbortSignal) => ({
      from,
      coverage: await fetchCoverage({ from, weeks: 2, unitId: unit.id }, signal),
    }),
    [from, unit.id],
  );
  const { data, problem, again } = useFetched(fetcher, version, refreshMs);
  const today = wallOf(useNow(), told.timeZone).date;
  const ids = unit.members.map(({ id }) => id);
  const toneOf = (personId: string) => Math.max(0, ids.indexOf(personId)) % tones;
  const isEmpty = view.document.weekly.length + view.document.single.length === 0;
  return (
    <section aria-labelledby="weeks">
      <h2 id="weeks">{roster.week}</h2>
      {isEmpty && <p>{roster.nobodyYet}</p>}
      <WeekNav monday={monday} onChoose={onChoose} />
      {data === null || data.from !== from ? (
        <Problem problem={problem} onRetry={again} />
      ) : (
        <ol className="roster-week">
          {days.map((day) => (
            <DayRow
              key={day.date}
              day={day}
              isToday={day.date === today}
              shifts={data.coverage.shifts.filter(({ unitId }) => unitId === unit.id)}
              gaps={data.coverage.gaps.filter(({ unitId }) => unitId === unit.id)}
              toneOf={toneOf}
              longestMs={Math.max(...days.map((one) => one.to - one.from))}
              onOpen={onOpen}
              onFill={onFill}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
