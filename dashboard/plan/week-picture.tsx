import { useId } from 'react';

import type { PlanChecked, Stretch } from '../../gateway/protocol/duty/plan.ts';
import { wallOf, weekOf, type ZonedDay } from '../clock/zoned.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { DayName } from './day-name.tsx';
import { DayTrack, placed } from './day-track.tsx';
import type { Names } from './names.ts';
import { groupWords } from './plan-words.ts';
import { useTold } from './use-told.ts';
import { momentWords } from './when.ts';

const tones = 6;

interface WeekPictureProps {
  checked: PlanChecked;
  monday: string;
  names: Names;
}

/** Who answers in a week: a row for each group of homes, a stretch for each unit. */
export function WeekPicture({ checked, monday, names }: WeekPictureProps) {
  const told = useTold();
  const { plan } = useWords().plan;
  const days = weekOf(monday, told.timeZone);
  const toneOf = (unitId: string) =>
    Math.max(
      0,
      names.units.findIndex(({ id }) => id === unitId),
    ) % tones;
  const groups = [...Map.groupBy(checked.week, ({ group }) => group)];
  if (groups.length === 0) return <p>{plan.noHomes}</p>;
  return groups.map(([group, stretches]) => (
    <GroupWeek
      key={group}
      name={groupWords(checked.groups[group]?.homeIds ?? [], names, plan)}
      days={days}
      stretches={stretches}
      toneOf={toneOf}
    />
  ));
}

interface GroupWeekProps {
  name: string;
  days: readonly ZonedDay[];
  stretches: readonly Stretch[];
  toneOf: (unitId: string) => number;
}

function GroupWeek({ name, days, stretches, toneOf }: GroupWeekProps) {
  const { plan } = useWords().plan;
  const told = useTold();
  const id = useId();
  const today = wallOf(useNow(), told.timeZone).date;
  return (
    <section className="group-week" aria-labelledby={id}>
      <h4 id={id}>{plan.picture(name)}</h4>
      <ol className="week-days">
        {days.map((day) => (
          <li key={day.date} data-today={day.date === today || undefined}>
            <p className="day-name">
              <DayName day={day} />
            </p>
            <DayTrack day={day} timeZone={told.timeZone} labelEvery={6}>
              {stretches
                .filter(({ from, to }) => from < day.to && to > day.from)
                .map(({ from, to, unitId, unitName }) => (
                  <span
                    key={from}
                    className="stretch"
                    data-tone={toneOf(unitId)}
                    style={placed(day, from, to)}
                    title={plan.stretch(unitName, momentWords(from, told), momentWords(to, told))}
                  >
                    {unitName}
                  </span>
                ))}
            </DayTrack>
          </li>
        ))}
      </ol>
      <details>
        <summary>
          {plan.asText}
          <span className="visually-hidden">: {name}</span>
        </summary>
        <ul>
          {stretches.map(({ from, to, unitName }) => (
            <li key={from}>
              {plan.stretch(unitName, momentWords(from, told), momentWords(to, told))}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
