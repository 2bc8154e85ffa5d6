import { Button } from '@midas-ds/components/button';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';

import type { HomeDetail } from '../../gateway/protocol/api.ts';
import type { OverrideView, RuleDetail, RuleView } from '../../gateway/protocol/rule/rule-api.ts';
import { briefSentenceOf } from '../../gateway/protocol/rule/sentence.ts';
import { fetchHome } from '../api/home-api.ts';
import { fetchRule, fetchRules } from '../api/rule-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { TakeBackDialog } from './override-section.tsx';
import { overrideWords } from './override-words.ts';
import { mayChangeRules } from './permission.ts';
import { ruleOf } from './rule-text.ts';
import { SeverityWords } from './severity-words.tsx';

import './rule.css';

const refreshMs = 60_000;

interface HomeRules {
  home: HomeDetail;
  rules: readonly RuleView[];
  /** What the home has of its own, by the rule's id. */
  own: ReadonlyMap<string, OverrideView>;
}

async function fetchHomeRules(homeId: string, signal: AbortSignal): Promise<HomeRules> {
  const [home, rules] = await Promise.all([fetchHome(homeId, signal), fetchRules(signal)]);
  const overridden = rules.filter(({ overrides }) => overrides > 0);
  const details = await Promise.all(overridden.map(({ id }) => fetchRule(id, signal)));
  const found = details.flatMap((detail) => ownOf(detail, homeId));
  return { home, rules, own: new Map(found) };
}

function ownOf({ id, homes }: RuleDetail, homeId: string): [string, OverrideView][] {
  return homes.filter(({ home }) => home.id === homeId).map((view) => [id, view]);
}

/** The rules of one home, and what it has of its own in them. */
export function HomeRulesPage() {
  const { id = '' } = useParams();
  const words = useWords();
  const fetcher = useCallback((signal: AbortSignal) => fetchHomeRules(id, signal), [id]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  if (data === null || data.home.id !== id) {
    return (
      <Page title={words.rule.own.inHome}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  return <HomeRulesBody {...data} onChanged={again} />;
}

type Asked = { what: 'change' | 'take-back'; rule: RuleView; view: OverrideView };

function HomeRulesBody({ home, rules, own, onChanged }: HomeRules & { onChanged: () => void }) {
  const { words } = useSpeech();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [done, setDone] = useState('');
  const close = () => setAsked(null);
  const finish = (told: string) => {
    setDone(told);
    onChanged();
  };
  const shownRule = asked === null ? null : ruleOf(asked.rule.source);
  const blank = (): OverrideView => ({
    home: { id: home.id, label: home.label },
    override: null,
    author: null,
    at: 0,
    reason: '',
  });
  return (
    <Page title={words.rule.own.inHome} heading={`${words.rule.own.inHome}: ${home.label}`}>
      <nav className="link-row" aria-label={words.rule.own.inHome}>
        <Link to={`/homes/${home.id}`}>{home.label}</Link>
        <Link to="/rules">{words.rule.editor.toList}</Link>
      </nav>
      {own.size === 0 && <p>{words.rule.own.noneInHome}</p>}
      <output>{done}</output>
      <ul className="rows">
        {rules
          .filter(({ isOn }) => isOn)
          .map((rule) => (
            <HomeRuleRow
              key={rule.id}
              rule={rule}
              view={own.get(rule.id) ?? null}
              onAsk={(what) => setAsked({ what, rule, view: own.get(rule.id) ?? blank() })}
            />
          ))}
      </ul>
      {asked?.what === 'change' && shownRule !== null && (
        <OverrideDialog
          ruleId={asked.rule.id}
          rule={shownRule}
          view={asked.view}
          onClose={close}
          onDone={(label) => finish(words.rule.own.saved(label))}
        />
      )}
      {asked?.what === 'take-back' && (
        <TakeBackDialog
          ruleId={asked.rule.id}
          view={asked.view}
          onClose={close}
          onDone={() => finish(words.rule.own.takenBack(home.label))}
        />
      )}
    </Page>
  );
}

interface HomeRuleRowProps {
  rule: RuleView;
  view: OverrideView | null;
  onAsk: (what: 'change' | 'take-back') => void;
}

function HomeRuleRow({ rule, view, onAsk }: HomeRuleRowProps) {
  const { words, say, language } = useSpeech();
  const me = useMe();
  const read = ruleOf(rule.source);
  const title = say(rule.title);
  const mayChange = mayChangeRules(me.role) && read !== null;
  return (
    <li className="rule-row home-rule" data-severity={rule.severity}>
      <div>
        <p className="rule-title">
          <SeverityWords severity={rule.severity} />{' '}
          <strong>
            <Link to={`/rules/${rule.id}`}>{title}</Link>
          </strong>
        </p>
        <p className="rule-brief">{read !== null && briefSentenceOf(read, language)}</p>
      </div>
      <p>
        <strong>{view !== null && overrideWords(read, view.override, words.rule, language)}</strong>
        {view === null && <span className="label">{words.rule.own.same}</span>}
      </p>
      <p className="activation-row">
        {mayChange && (
          <Button
            variant="secondary"
            aria-label={words.rule.own.changeOf(title)}
            onPress={() => onAsk('change')}
          >
            {words.rule.own.change}
          </Button>
        )}
        {mayChange && view !== null && (
          <Button
            variant="secondary"
            aria-label={words.rule.own.takeBackOf(title)}
            onPress={() => onAsk('take-back')}
          >
            {words.rule.own.takeBack}
          </Button>
        )}
      </p>
    </li>
  );
}
