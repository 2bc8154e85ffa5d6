import { Button } from '@midas-ds/components/button';
import { useCallback, useMemo, useState } from 'react';

import type { Finding } from '../../gateway/protocol/duty/plan.ts';
import type { PolicyInput, PolicySet, PolicySetView } from '../../gateway/protocol/duty/policy.ts';
import { checkPolicies, fetchPolicies, putPolicies } from '../api/plan-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { CheckProblem } from '../plan/check-problem.tsx';
import { FindingList, findingsAt, findingsElsewhere, hasError } from '../plan/finding-list.tsx';
import type { Names } from '../plan/names.ts';
import { mayArrange } from '../plan/permission.ts';
import { SaveBar, VersionLine } from '../plan/save-bar.tsx';
import { StaffNav } from '../plan/staff-nav.tsx';
import { useChecked } from '../plan/use-checked.ts';
import { useDocument } from '../plan/use-document.ts';
import { useNames } from '../plan/use-names.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { DefaultSection } from './default-section.tsx';
import { PolicyCard } from './policy-card.tsx';
import {
  freshPolicy,
  isWrongAt,
  mergePolicies,
  policyFrom,
  wrongPlaces,
  type Timeline,
} from './policy-draft.ts';
import { policySentences } from './policy-words.ts';

import './policy.css';

const refreshMs = 30_000;

/** Who is asked when an alert is raised, and who after them. */
export function PolicyPage() {
  const words = useWords();
  const { data, problem, again } = useFetched(fetchPolicies, 0, refreshMs);
  return (
    <Page
      title={words.plan.nav.policies}
      aside={data === null ? null : <VersionLine inForce={data} />}
      className="staff-page"
    >
      <StaffNav />
      {data === null ? (
        <Problem problem={problem} onRetry={again} />
      ) : (
        <PolicyEditor newest={data} again={again} />
      )}
    </Page>
  );
}

function PolicyEditor({ newest, again }: { newest: PolicySetView; again: () => void }) {
  const words = useWords();
  const said = words.plan.policy;
  const mayChange = mayArrange(useMe().role);
  const names = useNames();
  const document = useDocument<PolicySet>({
    newest,
    put: putPolicies,
    merge: mergePolicies,
    again,
  });
  const { draft, setDraft } = document;
  const { policies } = draft;
  const [openId, setOpenId] = useState<string | null>(null);
  const wrong = useMemo(() => wrongPlaces(draft), [draft]);
  const sentencesOf = useCallback(
    (set: PolicySet) => policySentences(set, names, words),
    [names, words],
  );
  const isReadable = wrong.size === 0;
  const { answer, isCurrent, problem } = useChecked(isReadable ? draft : null, checkPolicies);
  const findings = isCurrent ? (answer?.findings ?? []) : [];
  const timelines = answer?.timelines ?? [];
  const set = (next: PolicyInput[]) => setDraft({ policies: next });
  const taken = policies.map(({ id }) => id);

  function add(policy: PolicyInput) {
    set([...policies, policy]);
    setOpenId(policy.id);
  }

  return (
    <>
      <p className="page-about">{said.about}</p>
      {!mayChange && <p className="field-note">{words.plan.readOnly}</p>}
      <CheckProblem problem={problem} />
      <section aria-labelledby="own-policies">
        <div className="section-top">
          <h2 id="own-policies">{said.own}</h2>
          {mayChange && (
            <Button variant="secondary" onPress={() => add(freshPolicy(said.newTitle, taken))}>
              {said.add}
            </Button>
          )}
        </div>
        <FindingList findings={findingsElsewhere(findings, ['policies'])} />
        <OwnPolicies
          policies={policies}
          timelines={timelines}
          findings={findings}
          names={names}
          wrong={wrong}
          mayChange={mayChange}
          openId={openId}
          onOpen={setOpenId}
          onChange={set}
        />
      </section>
      <DefaultSection
        timelines={timelines.filter(({ isDefault }) => isDefault)}
        onCopy={
          mayChange ? (timeline, of) => add(policyFrom(timeline, said.ownTitle(of), taken)) : null
        }
      />
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

interface OwnPoliciesProps {
  policies: readonly PolicyInput[];
  timelines: readonly Timeline[];
  findings: readonly Finding[];
  names: Names;
  wrong: ReadonlySet<string>;
  mayChange: boolean;
  openId: string | null;
  onOpen: (id: string | null) => void;
  onChange: (policies: PolicyInput[]) => void;
}

function OwnPolicies(props: OwnPoliciesProps) {
  const { policies, timelines, findings, names, wrong, mayChange } = props;
  const { openId, onOpen, onChange } = props;
  const { policy: said } = useWords().plan;
  if (policies.length === 0) return <p>{said.none}</p>;
  return (
    <ul className="rows">
      {policies.map((policy, index) => (
        <PolicyCard
          key={policy.id}
          policy={policy}
          place={String(index)}
          timeline={timelines.find(({ policyId }) => policyId === policy.id)}
          findings={findingsAt(findings, ['policies', index])}
          names={names}
          wrong={wrong}
          mayChange={mayChange}
          isOpen={openId === policy.id || isWrongAt(wrong, String(index))}
          onToggle={() => onOpen(openId === policy.id ? null : policy.id)}
          onChange={(next) => onChange(policies.with(index, next))}
          onRemove={() => onChange(policies.toSpliced(index, 1))}
        />
      ))}
    </ul>
  );
}
