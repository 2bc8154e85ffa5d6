import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { Link } from 'react-router';

import type { OverrideView, RuleDetail } from '../../gateway/protocol/rule/rule-api.ts';
import { changeOverride } from '../api/rule-api.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useMe } from '../session/session-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { overrideWords } from './override-words.ts';
import { mayChangeRules } from './permission.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { ruleOf } from './rule-text.ts';
import { useAction } from './use-action.ts';

interface OverrideSectionProps {
  detail: RuleDetail;
  onChanged: () => void;
}

type Asked = { what: 'add' } | { what: 'change' | 'take-back'; view: OverrideView };

/** Which homes have values of their own in a rule, and what they are. */
export function OverrideSection({ detail, onChanged }: OverrideSectionProps) {
  const words = useWords();
  const me = useMe();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [done, setDone] = useState('');
  const rule = ruleOf(detail.source);
  const mayChange = mayChangeRules(me.role) && rule !== null;
  const close = () => setAsked(null);
  return (
    <section aria-labelledby="own-values">
      <div className="section-top">
        <h2 id="own-values">{words.rule.own.title}</h2>
        {mayChange && (
          <Button variant="secondary" onPress={() => setAsked({ what: 'add' })}>
            {words.rule.own.add}
          </Button>
        )}
      </div>
      <output>{done}</output>
      {detail.homes.length === 0 ? (
        <p>{words.rule.own.none}</p>
      ) : (
        <ul className="rows">
          {detail.homes.map((view) => (
            <OverrideRow
              key={view.home.id}
              detail={detail}
              view={view}
              onAsk={mayChange ? (what) => setAsked({ what, view }) : null}
            />
          ))}
        </ul>
      )}
      {(asked?.what === 'add' || asked?.what === 'change') && rule !== null && (
        <OverrideDialog
          ruleId={detail.id}
          rule={rule}
          view={asked.what === 'change' ? asked.view : null}
          onClose={close}
          onDone={(label) => {
            setDone(words.rule.own.saved(label));
            onChanged();
          }}
        />
      )}
      {asked?.what === 'take-back' && (
        <TakeBackDialog
          ruleId={detail.id}
          view={asked.view}
          onClose={close}
          onDone={() => {
            setDone(words.rule.own.takenBack(asked.view.home.label));
            onChanged();
          }}
        />
      )}
    </section>
  );
}

interface OverrideRowProps {
  detail: RuleDetail;
  view: OverrideView;
  onAsk: ((what: 'change' | 'take-back') => void) | null;
}

function OverrideRow({ detail, view, onAsk }: OverrideRowProps) {
  const { words, language } = useSpeech();
  const { home, override, author, at, reason } = view;
  return (
    <li className="override-row">
      <p className="row-name">
        <strong>
          <Link to={`/homes/${home.id}`}>{home.label}</Link>
        </strong>
        <span>{overrideWords(ruleOf(detail.source), override, words.rule, language)}</span>
      </p>
      <p>
        <TimeAgo at={at} /> {author?.name ?? words.rule.list.bySystem}
        <span className="version-reason">{reason}</span>
      </p>
      {onAsk !== null && (
        <p className="activation-row">
          <Button
            variant="secondary"
            aria-label={words.rule.own.changeOf(home.label)}
            onPress={() => onAsk('change')}
          >
            {words.rule.own.change}
          </Button>
          <Button
            variant="secondary"
            aria-label={words.rule.own.takeBackOf(home.label)}
            onPress={() => onAsk('take-back')}
          >
            {words.rule.own.takeBack}
          </Button>
        </p>
      )}
    </li>
  );
}

interface TakeBackDialogProps {
  ruleId: string;
  view: OverrideView;
  onClose: () => void;
  onDone: () => void;
}

export function TakeBackDialog({ ruleId, view, onClose, onDone }: TakeBackDialogProps) {
  const words = useWords();
  const action = useAction();
  return (
    <ReasonDialog
      title={words.rule.own.takeBackOf(view.home.label)}
      submit={words.rule.own.takeBack}
      action={action}
      onClose={onClose}
      onSubmit={(reason) =>
        action.run(async () => {
          await changeOverride({ ruleId, homeId: view.home.id, override: null, reason });
          onDone();
        })
      }
    />
  );
}
