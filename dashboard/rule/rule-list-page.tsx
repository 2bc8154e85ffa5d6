import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { SearchField } from '@midas-ds/components/search-field';
import { useState } from 'react';
import { Link } from 'react-router';

import { Severity } from '../../gateway/protocol/alert.ts';
import { Need, type RuleView } from '../../gateway/protocol/rule/rule-api.ts';
import { briefSentenceOf } from '../../gateway/protocol/rule/sentence.ts';
import { fetchRules, fetchTemplates } from '../api/rule-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { matches } from '../text/search.ts';
import type { Dictionary } from '../text/sv.ts';
import { type Grouping, groupRules } from './need.ts';
import { mayChangeRules } from './permission.ts';
import { ruleOf } from './rule-text.ts';
import { SeverityWords } from './severity-words.tsx';

import './rule.css';

const refreshMs = 30_000;
const libraryRefreshMs = 3_600_000;

/** Every rule of the municipality, and what it says. */
export function RuleListPage() {
  const { words, say, language } = useSpeech();
  const me = useMe();
  const [wanted, setWanted] = useState('');
  const [grouping, setGrouping] = useState<Grouping>('severity');
  const { data, problem, again } = useFetched(fetchRules, 0, refreshMs);
  const library = useFetched(fetchTemplates, 0, libraryRefreshMs);
  if (data === null) {
    return (
      <Page title={words.page.rules}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  const shown = data.filter((rule) =>
    matches(wanted, [rule.id, say(rule.title), briefOf(rule, words, language)]),
  );
  const onCount = data.filter(({ isOn }) => isOn).length;
  return (
    <Page
      title={words.page.rules}
      aside={<p className="page-summary">{words.rule.list.count(onCount, data.length)}</p>}
      className="rule-list-page"
    >
      <nav className="link-row" aria-label={words.page.rules}>
        {mayChangeRules(me.role) && <Link to="/rule-library">{words.rule.list.create}</Link>}
        {mayChangeRules(me.role) && <Link to="/rule-exchange">{words.rule.list.exchange}</Link>}
      </nav>
      <div className="rule-filters">
        <SearchField
          showButton={false}
          className="search"
          aria-label={words.rule.list.search}
          placeholder={words.rule.list.search}
          value={wanted}
          onChange={setWanted}
        />
        <RadioGroup
          className="inline-choice"
          orientation="horizontal"
          label={words.rule.list.group}
          value={grouping}
          onChange={(value) => setGrouping(value === 'need' ? 'need' : 'severity')}
        >
          <Radio value="severity">{words.rule.list.bySeverity}</Radio>
          <Radio value="need">{words.rule.list.byNeed}</Radio>
        </RadioGroup>
      </div>
      {shown.length === 0 ? (
        <output>{data.length === 0 ? words.rule.list.none : words.rule.list.noMatch}</output>
      ) : (
        groupRules(shown, library.data ?? [], grouping).map(({ key, items }) => (
          <section key={key} aria-labelledby={`group-${key}`}>
            <h2 id={`group-${key}`} className="rule-group">
              <GroupTitle groupKey={key} /> <span className="count">{items.length}</span>
            </h2>
            <ul className="rows">
              {items.map((rule) => (
                <RuleRow key={rule.id} rule={rule} />
              ))}
            </ul>
          </section>
        ))
      )}
    </Page>
  );
}

function GroupTitle({ groupKey }: { groupKey: string }) {
  const words = useWords();
  const severity = Severity.safeParse(groupKey);
  if (severity.success) return <SeverityWords severity={severity.data} />;
  const need = Need.safeParse(groupKey);
  return need.success ? words.rule.needs[need.data] : words.rule.ownNeed;
}

function RuleRow({ rule }: { rule: RuleView }) {
  const { words, say, language } = useSpeech();
  const author = rule.author?.name ?? words.rule.list.bySystem;
  return (
    <li className="rule-row" data-severity={rule.severity} data-off={!rule.isOn || undefined}>
      <div>
        <p className="rule-title">
          <SeverityWords severity={rule.severity} />{' '}
          <strong>
            <Link to={`/rules/${rule.id}`}>{say(rule.title)}</Link>
          </strong>
        </p>
        <p className="rule-brief">{briefOf(rule, words, language)}</p>
      </div>
      <p className="rule-state">
        <strong>{rule.isOn ? words.rule.list.on : words.rule.list.off}</strong>
        <span>{words.rule.list.version(rule.version)}</span>
      </p>
      <p className="rule-changed">
        <span className="label">{words.rule.list.changed}</span>
        <TimeAgo at={rule.at} />
        <span>{author}</span>
        {rule.overrides > 0 && <span>{words.rule.list.own(rule.overrides)}</span>}
      </p>
    </li>
  );
}

function briefOf(rule: RuleView, words: Dictionary, language: 'sv' | 'en'): string {
  const read = ruleOf(rule.source);
  return read === null ? words.rule.list.unread : briefSentenceOf(read, language);
}
