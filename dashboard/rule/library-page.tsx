import { SearchField } from '@midas-ds/components/search-field';
import { useState } from 'react';
import { Link } from 'react-router';

import { Need, type RuleTemplate } from '../../gateway/protocol/rule/rule-api.ts';
import { fetchRules, fetchTemplates } from '../api/rule-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { matches } from '../text/search.ts';
import type { Dictionary } from '../text/sv.ts';
import { groupTemplates } from './need.ts';
import { emptyTemplate } from './new-rule-page.tsx';
import { SeverityWords } from './severity-words.tsx';

import './rule.css';

const refreshMs = 3_600_000;

/** The templates that a rule can begin from, by what they are needed for. */
export function LibraryPage() {
  const { words, say } = useSpeech();
  const [wanted, setWanted] = useState('');
  const { data, problem, again } = useFetched(fetchTemplates, 0, refreshMs);
  const rules = useFetched(fetchRules, 0, refreshMs);
  if (data === null) {
    return (
      <Page title={words.rule.library.title}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  const shown = data.filter((template) =>
    matches(wanted, [
      say(template.title),
      say(template.purpose),
      say(template.avoid),
      words.rule.needs[template.need],
    ]),
  );
  const taken = new Set(rules.data?.map(({ id }) => id));
  return (
    <Page title={words.rule.library.title} className="library-page">
      <p>{words.rule.library.about}</p>
      <nav className="link-row" aria-label={words.rule.library.title}>
        <Link to="/rules">{words.rule.editor.toList}</Link>
        <Link to={`/rule-library/${emptyTemplate}`}>{words.rule.library.empty}</Link>
      </nav>
      <SearchField
        showButton={false}
        className="search"
        aria-label={words.rule.library.search}
        placeholder={words.rule.library.search}
        value={wanted}
        onChange={setWanted}
      />
      {shown.length === 0 && <output>{words.rule.library.noMatch}</output>}
      {groupTemplates(shown).map(({ key, items }) => (
        <section key={key} aria-labelledby={`need-${key}`}>
          <h2 id={`need-${key}`}>{needWord(key, words)}</h2>
          <ul className="rows">
            {items.map((template) => (
              <TemplateRow key={template.id} template={template} isTaken={taken.has(template.id)} />
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}

function needWord(key: string, words: Dictionary): string {
  const need = Need.safeParse(key);
  return need.success ? words.rule.needs[need.data] : key;
}

function TemplateRow({ template, isTaken }: { template: RuleTemplate; isTaken: boolean }) {
  const { words, say } = useSpeech();
  const title = say(template.title);
  return (
    <li className="template-row" data-severity={template.severity}>
      <h3 className="rule-title">
        <SeverityWords severity={template.severity} /> <span>{title}</span>
      </h3>
      <dl className="template-facts">
        <div>
          <dt>{words.rule.library.purpose}</dt>
          <dd>{say(template.purpose)}</dd>
        </div>
        <div>
          <dt>{words.rule.library.avoid}</dt>
          <dd>{say(template.avoid)}</dd>
        </div>
      </dl>
      {isTaken ? (
        <p className="template-link">
          {words.rule.library.taken}.{' '}
          <Link to={`/rules/${template.id}`}>
            {words.rule.library.open}
            <span className="visually-hidden"> {title}</span>
          </Link>
        </p>
      ) : (
        <p className="template-link">
          <Link
            to={`/rule-library/${template.id}`}
            aria-label={words.rule.library.startFrom(title)}
          >
            {words.rule.library.use}
          </Link>
        </p>
      )}
    </li>
  );
}
