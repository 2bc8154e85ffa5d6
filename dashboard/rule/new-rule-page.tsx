import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';

import { fetchRules, fetchTemplates } from '../api/rule-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useWords } from '../text/language-context.tsx';
import { type Named, namedRules } from './named.ts';
import { RuleEditor, type Start } from './rule-editor.tsx';

import './rule.css';

const refreshMs = 3_600_000;

/** Where a rule begins that follows no template. */
const emptyRule = `id: my-rule
title: { sv: Ny regel, en: New rule }
severity: medium
on: door.opened
where: device.placement == 'entrance'
for: 2m
unless: door.closed
clearedBy: door.closed
per: device
`;

/** The address of a rule that follows no template; no template may be called so. */
export const emptyTemplate = '-';

/** A rule that does not exist until it is activated. */
export function NewRulePage() {
  const { templateId = '' } = useParams();
  const words = useWords();
  const { data, problem, again } = useFetched(fetchTemplates, 0, refreshMs);
  const rules = useFetched(fetchRules, 0, refreshMs);
  const others = useMemo(() => namedRules(rules.data, data), [rules.data, data]);
  const template = data?.find(({ id }) => id === templateId);
  const source = templateId === emptyTemplate ? emptyRule : template?.source;
  if (source === undefined) {
    return (
      <Page title={words.rule.editor.newTitle}>
        {data === null ? (
          <Problem problem={problem} onRetry={again} />
        ) : (
          <p role="alert">{words.rule.library.gone}</p>
        )}
        <Link to="/rule-library">{words.rule.library.toLibrary}</Link>
      </Page>
    );
  }
  return (
    <Page title={words.rule.editor.newTitle} className="rule-page">
      <Link to="/rule-library">{words.rule.library.toLibrary}</Link>
      <NewRule key={templateId} source={source} others={others} />
    </Page>
  );
}

function NewRule({ source, others }: { source: string; others: readonly Named[] }) {
  const [start, setStart] = useState<Start>({ source, detail: null });
  return (
    <RuleEditor
      start={start}
      newest={null}
      others={others}
      onRestart={setStart}
      onConflict={() => undefined}
    />
  );
}
