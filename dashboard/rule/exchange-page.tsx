import { Link } from 'react-router';

import type { RuleView } from '../../gateway/protocol/rule/rule-api.ts';
import { fetchRules } from '../api/rule-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useWords } from '../text/language-context.tsx';
import { ExportSection } from './export-section.tsx';
import { ImportSection } from './import-section.tsx';

import './rule.css';

const refreshMs = 3_600_000;
const none: readonly RuleView[] = [];

/** Rules to and from other municipalities, as signed files. */
export function ExchangePage() {
  const words = useWords();
  const { data, problem, again } = useFetched(fetchRules, 0, refreshMs);
  return (
    <Page title={words.rule.exchange.title} className="exchange-page">
      <nav className="link-row" aria-label={words.rule.exchange.title}>
        <Link to="/rules">{words.rule.editor.toList}</Link>
      </nav>
      {data === null && <Problem problem={problem} onRetry={again} />}
      {data !== null && <ExportSection rules={data} />}
      <ImportSection rules={data ?? none} onImported={again} />
    </Page>
  );
}
