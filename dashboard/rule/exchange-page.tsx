import { useMemo } from 'react';
import { Link } from 'react-router';

import { fetchRules, fetchTemplates } from '../api/rule-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useWords } from '../text/language-context.tsx';
import { ExportSection } from './export-section.tsx';
import { ImportSection } from './import-section.tsx';
import { namedRules } from './named.ts';

import './rule.css';

const refreshMs = 3_600_000;

/** Rules to and from other municipalities, as signed files. */
export function ExchangePage() {
  const words = useWords();
  const { data, problem, again } = useFetched(fetchRules, 0, refreshMs);
  const library = useFetched(fetchTemplates, 0, refreshMs);
  const others = useMemo(() => namedRules(data, library.data), [data, library.data]);
  return (
    <Page title={words.rule.exchange.title} className="exchange-page">
      <nav className="link-row" aria-label={words.rule.exchange.title}>
        <Link to="/rules">{words.rule.editor.toList}</Link>
      </nav>
      {data === null && <Problem problem={problem} onRetry={again} />}
      {data !== null && <ExportSection rules={data} />}
      <ImportSection others={others} onImported={again} />
    </Page>
  );
}
