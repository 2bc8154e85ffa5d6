import { useCallback, useMemo, useState } from 'react';

import type { Plan, PlanException, PlanLine, PlanView } from '../../gateway/protocol/duty/plan.ts';
import { checkPlan, fetchPlan, putPlan } from '../api/plan-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { instantOf, mondayOf, wallOf } from '../clock/zoned.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { CheckProblem } from './check-problem.tsx';
import { ExceptionForm, LineForm } from './entry-form.tsx';
import { EntryList } from './entry-list.tsx';
import { FindingList, findingsElsewhere, hasError } from './finding-list.tsx';
import { mayArrange } from './permission.ts';
import { mergePlans, wrongFields } from './plan-draft.ts';
import { exceptionWords, lineWords, planSentences } from './plan-words.ts';
import { SaveBar, VersionLine } from './save-bar.tsx';
import { StaffNav } from './staff-nav.tsx';
import { useChecked } from './use-checked.ts';
import { useDocument } from './use-document.ts';
import { useNames } from './use-names.ts';
import { useTold } from './use-told.ts';
import { WeekNav } from './week-nav.tsx';
import { WeekPicture } from './week-picture.tsx';

const refreshMs = 30_000;

/** Which unit answers for which homes, and when. */
export function PlanPage() {
  const words = useWords();
  const { data, problem, again } = useFetched(fetchPlan, 0, refreshMs);
  return (
    <Page
      title={words.plan.nav.plan}
      aside={data === null ? null : <VersionLine inForce={data} />}
      className="staff-page"
    >
      <StaffNav />
      {data === null ? (
        <Problem problem={problem} onRetry={again} />
      ) : (
        <PlanEditor newest={data} again={again} />
      )}
    </Page>
  );
}

function PlanEditor({ newest, again }: { newest: PlanView; again: () => void }) {
  const words = useWords().plan;
  const mayChange = mayArrange(useMe().role);
  const names = useNames();
  const told = useTold();
  const document = useDocument<Plan>({ newest, put: putPlan, merge: mergePlans, again });
  const { draft, setDraft } = document;
  const wrong = useMemo(() => wrongFields(draft), [draft]);
  const isReadable = wrong.size === 0;
  const sentencesOf = useCallback(
    (plan: Plan) => planSentences(plan, names, words.plan, told),
    [names, words, told],
  );
  const today = wallOf(useNow(), told.timeZone).date;
  const [chosen, setChosen] = useState<string | null>(null);
  const monday = chosen ?? mondayOf(today);
  const { answer, isCurrent, problem } = useChecked(
    isReadable ? { document: draft, monday } : null,
    useCallback(
      (asked: { document: Plan; monday: string }, signal) =>
        checkPlan(asked.document, instantOf(asked.monday, '00:00', told.timeZone), signal).then(
          (checked) => ({ ...checked, monday: asked.monday }),
        ),
      [told.timeZone],
    ),
  );
  const findings = isCurrent ? (answer?.findings ?? []) : [];
  const shared = { findings, wrong, mayChange };
  return (
    <>
      <p className="page-about">{words.plan.about}</p>
      {!mayChange && <p className="field-note">{words.readOnly}</p>}
      <section aria-labelledby="week">
        <h2 id="week">{words.plan.week}</h2>
        <WeekNav monday={monday} onChoose={setChosen} />
        <PictureNote problem={problem} isReadable={isReadable} isCurrent={isCurrent} />
        {answer !== null && <WeekPicture checked={answer} monday={answer.monday} names={names} />}
        <FindingList findings={findingsElsewhere(findings, ['lines', 'exceptions'])} />
      </section>
      <section aria-labelledby="exceptions">
        <h2 id="exceptions">{words.plan.exceptions}</h2>
        <p className="field-note">{words.plan.exceptionsAbout}</p>
        <EntryList<PlanException>
          {...shared}
          list="exceptions"
          entries={draft.exceptions}
          sentenceOf={(entry) => exceptionWords(entry, names, words.plan, told)}
          fresh={() => ({ unitId: '', from: `${today}T07:00`, to: `${today}T16:00` })}
          names={names}
          Form={ExceptionForm}
          onChange={(exceptions) => setDraft({ ...draft, exceptions })}
        />
      </section>
      <section aria-labelledby="lines">
        <h2 id="lines">{words.plan.lines}</h2>
        <p className="field-note">{words.plan.linesAbout}</p>
        <EntryList<PlanLine>
          {...shared}
          list="lines"
          entries={draft.lines}
          sentenceOf={(entry) => lineWords(entry, names, words.plan, told)}
          fresh={() => ({ unitId: '', hours: { from: '21:00', to: '07:00' } })}
          names={names}
          Form={LineForm}
          onChange={(lines) => setDraft({ ...draft, lines })}
        />
        <p className="otherwise">
          <span className="entry-rank">{words.plan.otherwise}</span>{' '}
          <strong>{words.plan.otherwiseLine}</strong>
        </p>
      </section>
      {mayChange && (
        <SaveBar
          document={document}
          sentencesOf={sentencesOf}
          isFaulty={!isReadable || hasError(findings)}
        />
      )}
    </>
  );
}

interface PictureNoteProps {
  problem: unknown;
  isReadable: boolean;
  isCurrent: boolean;
}

/** Why the picture is not of what is written. */
function PictureNote({ problem, isReadable, isCurrent }: PictureNoteProps) {
  const words = useWords();
  if (problem !== null) return <CheckProblem problem={problem} />;
  if (!isReadable) return <p className="field-note">{words.plan.plan.notYet}</p>;
  return <output className="field-note">{isCurrent ? '' : words.plan.doc.checking}</output>;
}
