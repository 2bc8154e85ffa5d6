import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';

import type { RuleProblem } from '../../gateway/protocol/rule/read-rule.ts';
import type { RuleDetail } from '../../gateway/protocol/rule/rule-api.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { ActivationBar } from './activation-bar.tsx';
import { BacktestSection } from './backtest-section.tsx';
import { DraftContext } from './draft-context.tsx';
import { changeDraft, type FieldChange, openDraft } from './draft.ts';
import { LeaveGuard } from './leave-guard.tsx';
import type { Named } from './named.ts';
import { mayChangeRules } from './permission.ts';
import { RuleForm } from './rule-form.tsx';
import { explainProblem } from './rule-text.ts';
import { ruleParts } from './rule-yaml.ts';
import { SentencePanel } from './sentence-panel.tsx';
import { TuningSection } from './tuning-section.tsx';
import { useRuleCheck } from './use-rule-check.ts';
import { YamlPanel } from './yaml-panel.tsx';

/** What the writing started from. */
export interface Start {
  source: string;
  /** Null for a rule that does not exist yet. */
  detail: RuleDetail | null;
}

interface RuleEditorProps {
  start: Start;
  others: readonly Named[];
  /** The newest version there is, which may be somebody else's. */
  newest: RuleDetail | null;
  /** Starts again from there, with the draft as it is or without. */
  onRestart: (start: Start) => void;
  /** What is newest is no longer known. */
  onConflict: () => void;
}

/** Form and text of one rule, side by side, and the way to put it in force. */
export function RuleEditor({ start, others, newest, onRestart, onConflict }: RuleEditorProps) {
  const words = useWords();
  const me = useMe();
  const [draft, change] = useReducer(changeDraft, start.source, openDraft);
  const check = useRuleCheck(draft);
  const id = start.detail?.id ?? null;
  const mayChange = mayChangeRules(me.role);

  const problems = useMemo<readonly RuleProblem[]>(() => {
    if (draft.rule === null) return draft.problems;
    const isRenamed = id !== null && draft.rule.id !== id;
    const renamed = { line: 1, column: 1, path: 'id', message: words.rule.editor.idFixed };
    return [...(isRenamed ? [renamed] : []), ...(check?.problems ?? [])];
  }, [draft, check, id, words]);
  const form = useMemo(
    () => ({
      draft,
      isDisabled: draft.isLocked || !mayChange,
      problems: problems.map((problem) => ({
        path: problem.path,
        message: explainProblem(problem, words.rule),
      })),
      fill: (...changes: FieldChange[]) => {
        if (mayChange) change({ type: 'fill', changes });
      },
    }),
    [draft, problems, mayChange, words],
  );

  const isReady = draft.rule !== null && problems.length === 0;
  const isChanged = draft.source !== start.source;
  const unsaved = useRef(false);
  useEffect(() => {
    unsaved.current = isChanged && mayChange;
  }, [isChanged, mayChange]);
  // Whoever has changed nothing sees the newest.
  useEffect(() => {
    if (isChanged || newest === null || newest.version <= (start.detail?.version ?? 0)) return;
    onRestart({ source: newest.source, detail: newest });
    change({ type: 'open', source: newest.source });
  }, [isChanged, newest, start, onRestart]);
  const isUnsaved = useCallback(() => unsaved.current, []);

  return (
    <DraftContext value={form}>
      <LeaveGuard isUnsaved={isUnsaved} />
      {!mayChange && <p className="field-note">{words.rule.editor.readOnly}</p>}
      <SentencePanel rule={draft.rule} others={others} />
      {mayChange && (
        <ActivationBar
          draft={draft}
          start={start}
          newest={newest}
          others={others}
          isReady={isReady}
          isChanged={isChanged}
          onOpen={(source) => change({ type: 'open', source })}
          onRestart={onRestart}
          onConflict={onConflict}
          onSaved={() => {
            unsaved.current = false;
          }}
        />
      )}
      <div className="rule-editor">
        <section aria-labelledby="rule-form-title">
          <h2 id="rule-form-title">{words.rule.editor.form}</h2>
          <div aria-live="polite">
            {draft.isLocked && <p className="form-locked">{words.rule.editor.locked}</p>}
          </div>
          <RuleForm isNew={start.detail === null} others={others} />
          <TextOnly fields={draft.fields} />
        </section>
        <YamlPanel
          source={draft.source}
          problems={problems}
          warnings={check?.warnings ?? []}
          isChecked={check !== null}
          isReadOnly={!mayChange}
          onType={(source) => change({ type: 'type', source })}
        />
      </div>
      {mayChange && (
        <>
          <BacktestSection draft={draft} isReady={isReady} />
          <TuningSection draft={draft} isReady={isReady} />
        </>
      )}
    </DraftContext>
  );
}

/** What the form has fields for. */
const inForm = new Set(ruleParts.filter((part) => part !== 'bounds'));

function TextOnly({ fields }: { fields: Readonly<Record<string, unknown>> }) {
  const words = useWords();
  const keys = Object.keys(fields).filter((key) => !inForm.has(key));
  if (keys.length === 0) return null;
  return (
    <p className="field-note">
      {words.rule.editor.inText} <code>{keys.join(', ')}</code>
    </p>
  );
}
