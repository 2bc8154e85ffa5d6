import { useCallback, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';

import type { RuleDetail } from '../../gateway/protocol/rule/rule-api.ts';
import { fetchRule, fetchRules, fetchTemplates } from '../api/rule-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { HistorySection } from './history-section.tsx';
import { type Named, namedRules } from './named.ts';
import { OverrideSection } from './override-section.tsx';
import { RuleEditor, type Start } from './rule-editor.tsx';
import { SeverityWords } from './severity-words.tsx';

import './rule.css';

const refreshMs = 30_000;
const libraryRefreshMs = 3_600_000;

/** One rule: to read, to write, to try, and what has been done to it. */
export function RulePage() {
  const { id = '' } = useParams();
  const words = useWords();
  const fetcher = useCallback((signal: AbortSignal) => fetchRule(id, signal), [id]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  const rules = useFetched(fetchRules, 0, refreshMs);
  const library = useFetched(fetchTemplates, 0, libraryRefreshMs);
  const others = useMemo(() => namedRules(rules.data, library.data), [rules.data, library.data]);
  if (data === null || data.id !== id) {
    return (
      <Page title={words.page.rule}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  return <RulePageBody key={id} newest={data} others={others} onChanged={again} />;
}

interface RulePageBodyProps {
  newest: RuleDetail;
  others: readonly Named[];
  onChanged: () => void;
}

function RulePageBody({ newest, others, onChanged }: RulePageBodyProps) {
  const { words, say } = useSpeech();
  const [start, setStart] = useState<Start>({ source: newest.source, detail: newest });
  const restart = useCallback(
    (next: Start) => {
      setStart(next);
      onChanged();
    },
    [onChanged],
  );
  const isBehind = (start.detail?.version ?? 0) > newest.version;
  const detail = isBehind ? (start.detail ?? newest) : newest;
  return (
    <Page
      title={words.page.rule}
      heading={say(detail.title)}
      aside={
        <p className="page-summary rule-summary">
          <SeverityWords severity={detail.severity} />
          <span>{words.rule.editor.state(detail.version, detail.isOn)}</span>
        </p>
      }
      className="rule-page"
    >
      <Link to="/rules">{words.rule.editor.toList}</Link>
      <RuleEditor
        start={start}
        newest={detail}
        others={others}
        onRestart={restart}
        onConflict={onChanged}
      />
      <OverrideSection detail={detail} onChanged={onChanged} />
      <HistorySection detail={detail} onChanged={onChanged} />
    </Page>
  );
}
