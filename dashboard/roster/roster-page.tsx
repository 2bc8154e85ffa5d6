import { useCallback, useState } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';

import type {
  Gap,
  RosterView,
  SingleShift,
  WeeklyShift,
} from '../../gateway/protocol/duty/roster.ts';
import type { UnitView } from '../../gateway/protocol/duty/unit.ts';
import { fetchNextWeeks, fetchRoster, fetchUnits } from '../api/plan-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { instantOf, mondayOf, wallOf } from '../clock/zoned.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { OneOf } from '../plan/choice.tsx';
import { VersionLine } from '../plan/save-bar.tsx';
import { StaffNav } from '../plan/staff-nav.tsx';
import { useTold } from '../plan/use-told.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { GapSection } from './gap-section.tsx';
import { ImportSection } from './import-section.tsx';
import { RosterContext } from './roster-context.tsx';
import { type Asked, RosterDialogs } from './roster-dialogs.tsx';
import { freshId, periodOf, singleDraft } from './shift-draft.ts';
import { ShiftLists } from './shift-lists.tsx';
import { useRosterDesk } from './use-roster-desk.ts';
import { WeekSection } from './week-section.tsx';

import './roster.css';

const refreshMs = 30_000;

/** Who is planned to be at work in a unit, and when nobody is. */
export function RosterPage() {
  const { unitId } = useParams();
  const words = useWords();
  const { data, problem, again } = useFetched(fetchUnits, 0, refreshMs);
  const units = data?.items.filter(({ isOwn, kind }) => isOwn && kind === 'team') ?? [];
  const unit = units.find(({ id }) => id === unitId);
  // Where all always count as on duty, a roster is seldom kept.
  const first = units.find(({ duty }) => duty === 'check-in') ?? units[0];
  if (unitId === undefined && first !== undefined) {
    return <Navigate to={`/roster/${encodeURIComponent(first.id)}`} replace />;
  }
  return (
    <Page
      title={words.plan.nav.roster}
      heading={unit === undefined ? undefined : words.plan.roster.heading(unit.name)}
      className="staff-page"
    >
      <StaffNav />
      {data === null ? (
        <Problem problem={problem} onRetry={again} />
      ) : (
        <UnitChoice units={units} unit={unit} />
      )}
    </Page>
  );
}

interface UnitChoiceProps {
  units: readonly UnitView[];
  /** Undefined where the address names none of them. */
  unit: UnitView | undefined;
}

function UnitChoice({ units, unit }: UnitChoiceProps) {
  const words = useWords();
  const navigate = useNavigate();
  if (units.length === 0) return <p>{words.plan.roster.noUnits}</p>;
  return (
    <>
      {units.length > 1 && (
        <div className="unit-choice">
          <OneOf
            label={words.plan.roster.chooseUnit}
            options={units}
            value={unit?.id ?? null}
            onChange={(id) => void navigate(`/roster/${encodeURIComponent(id)}`)}
          />
        </div>
      )}
      {unit === undefined ? <p>{words.gone}</p> : <UnitRoster key={unit.id} unit={unit} />}
    </>
  );
}

function UnitRoster({ unit }: { unit: UnitView }) {
  const fetcher = useCallback((signal: AbortSignal) => fetchRoster(unit.id, signal), [unit.id]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  if (data === null) return <Problem problem={problem} onRetry={again} />;
  return <RosterBody unit={unit} fetched={data} />;
}

function RosterBody({ unit, fetched }: { unit: UnitView; fetched: RosterView }) {
  const words = useWords().plan;
  const told = useTold();
  const now = useNow();
  const today = wallOf(now, told.timeZone).date;
  const [version, setVersion] = useState(0);
  const [chosen, setChosen] = useState<string | null>(null);
  const monday = chosen ?? mondayOf(today);
  const [asked, setAsked] = useState<Asked | null>(null);
  const ahead = useFetched(fetchNextWeeks, version, refreshMs);
  const onSaved = useCallback(() => setVersion((count) => count + 1), [setVersion]);
  const desk = useRosterDesk({ unit, fetched, ahead: ahead.data, onSaved });
  const { begin, view } = desk;

  function ask(what: Asked) {
    begin();
    setAsked(what);
  }
  const fill = ({ from, to }: Gap) =>
    ask({
      what: 'single',
      title: words.roster.fill,
      draft: singleDraft({ id: freshId(), personId: '', from, to }, told.timeZone),
    });
  function single(shift: SingleShift | null) {
    const period =
      shift === null
        ? {
            from: instantOf(today, '07:00', told.timeZone),
            to: instantOf(today, '16:00', told.timeZone),
          }
        : periodOf(shift, told.timeZone);
    const { id, personId } = shift ?? { id: freshId(), personId: '' };
    const title = shift === null ? words.roster.addSingle : words.roster.moveSingle;
    ask({ what: 'single', title, draft: singleDraft({ id, personId, ...period }, told.timeZone) });
  }
  const weekly = (shift: WeeklyShift | null) =>
    ask({ what: 'weekly', isNew: shift === null, shift: shift ?? freshWeekly(today) });

  return (
    <RosterContext value={desk}>
      <VersionLine inForce={view} />
      {!desk.mayChange && <p className="field-note">{words.readOnly}</p>}
      <GapSection
        onFill={fill}
        onShow={({ from }) => {
          const { date } = wallOf(from, told.timeZone);
          setChosen(mondayOf(date));
          showDay(date);
        }}
      />
      <WeekSection
        monday={monday}
        version={version}
        onChoose={setChosen}
        onFill={fill}
        onOpen={(shift) => ask({ what: 'shift', shift })}
      />
      <ShiftLists onWeekly={weekly} onSingle={single} />
      {desk.mayChange && <ImportSection />}
      {asked !== null && (
        <RosterDialogs
          asked={asked}
          onWeekly={weekly}
          onSingle={single}
          onClose={() => setAsked(null)}
        />
      )}
    </RosterContext>
  );
}

function freshWeekly(today: string): WeeklyShift {
  return {
    id: freshId(),
    personId: '',
    hours: { from: '21:00', to: '07:00' },
    first: today,
    everyWeeks: 1,
  };
}

/** Once its week is there: it may have to be fetched first. */
function showDay(date: string, tries = 20): void {
  const day = document.querySelector<HTMLElement>(`#day-${date} h4`);
  if (day !== null) {
    day.scrollIntoView({ block: 'center' });
    day.focus({ preventScroll: true });
  } else if (tries > 0) {
    setTimeout(() => showDay(date, tries - 1), 100);
  }
}
