import { Button } from '@midas-ds/components/button';

import type { Finding } from '../../gateway/protocol/duty/plan.ts';
import type { PolicyInput } from '../../gateway/protocol/duty/policy.ts';
import { FindingList } from '../plan/finding-list.tsx';
import type { Names } from '../plan/names.ts';
import { useWords } from '../text/language-context.tsx';
import type { Timeline } from './policy-draft.ts';
import { PolicyForm } from './policy-form.tsx';
import { scopeWords } from './policy-words.ts';
import { TimelineSteps } from './timeline-steps.tsx';

interface PolicyCardProps {
  policy: PolicyInput;
  place: string;
  /** As it was when it could last be read. */
  timeline: Timeline | undefined;
  findings: readonly Finding[];
  names: Names;
  wrong: ReadonlySet<string>;
  mayChange: boolean;
  isOpen: boolean;
  onToggle: () => void;
  onChange: (policy: PolicyInput) => void;
  onRemove: () => void;
}

/** One policy: what it is about and its line of time; beside it, its fields. */
export function PolicyCard(props: PolicyCardProps) {
  const { policy, place, timeline, findings, names, wrong, mayChange, isOpen } = props;
  const words = useWords();
  const said = words.plan;
  return (
    <li className="policy-card">
      <div className="entry-top">
        <div className="row-name">
          <h3>{policy.title}</h3>
          <span>{scopeWords(policy, names, words)}</span>
        </div>
        {mayChange && (
          <div className="activation-row">
            <Button
              variant="secondary"
              size="medium"
              aria-expanded={isOpen}
              aria-label={isOpen ? `${said.ready}: ${policy.title}` : said.changeOf(policy.title)}
              onPress={props.onToggle}
            >
              {isOpen ? said.ready : said.change}
            </Button>
            <Button
              variant="secondary"
              size="medium"
              aria-label={said.removeOf(policy.title)}
              onPress={props.onRemove}
            >
              {said.remove}
            </Button>
          </div>
        )}
      </div>
      <FindingList findings={findings} />
      <div className="policy-body">
        <div>
          {timeline !== undefined && <TimelineSteps name={policy.title} timeline={timeline} />}
          <p className="label">
            {said.policy.facts(policy.arrivalMinutes, policy.reminderMinutes)}
          </p>
        </div>
        {isOpen && mayChange && (
          <PolicyForm
            policy={policy}
            place={place}
            names={names}
            wrong={wrong}
            onChange={props.onChange}
          />
        )}
      </div>
    </li>
  );
}
