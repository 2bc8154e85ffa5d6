import { useId, useRef } from 'react';

import type { RuleCheck } from '../../gateway/protocol/rule/rule-api.ts';
import { useWords } from '../text/language-context.tsx';
import { offsetAt } from './offset.ts';
import { explainProblem } from './rule-text.ts';

type Found = RuleCheck['problems'][number];

interface YamlPanelProps {
  source: string;
  problems: readonly Found[];
  warnings: readonly Found[];
  /** The gateway has found nothing wrong. */
  isChecked: boolean;
  isReadOnly: boolean;
  onType: (source: string) => void;
}

/** The rule as text, what is wrong in it and where. */
export function YamlPanel(props: YamlPanelProps) {
  const { source, problems, warnings, isChecked, isReadOnly, onType } = props;
  const words = useWords();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const goTo = (found: Found) => {
    const offset = offsetAt(source, found.line, found.column);
    area.current?.focus();
    area.current?.setSelectionRange(offset, offset);
  };
  return (
    <section className="yaml-panel" aria-labelledby={`${id}-label`}>
      <h2 id={`${id}-label`}>
        <label htmlFor={id}>{words.rule.editor.text}</label>
      </h2>
      <textarea
        ref={area}
        id={id}
        className="yaml"
        value={source}
        readOnly={isReadOnly}
        rows={Math.min(34, Math.max(12, source.split('\n').length + 1))}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        autoComplete="off"
        wrap="off"
        aria-invalid={problems.length > 0}
        aria-describedby={`${id}-problems`}
        onChange={(event) => onType(event.target.value)}
      />
      <div id={`${id}-problems`} aria-live="polite" className="findings">
        {problems.length > 0 && (
          <FindingList title={words.rule.editor.problems} found={problems} onGo={goTo} isWrong />
        )}
        {warnings.length > 0 && (
          <FindingList title={words.rule.editor.warnings} found={warnings} onGo={goTo} />
        )}
        {problems.length === 0 && (
          <p className="findings-fine">
            {isChecked ? words.rule.editor.checked : words.rule.editor.fine}
          </p>
        )}
      </div>
    </section>
  );
}

interface FindingListProps {
  title: string;
  found: readonly Found[];
  onGo: (found: Found) => void;
  isWrong?: boolean;
}

function FindingList({ title, found, onGo, isWrong = false }: FindingListProps) {
  const words = useWords();
  return (
    <>
      <h3>{title}</h3>
      <ul className="finding-list" data-wrong={isWrong || undefined}>
        {found.map((one) => (
          <li key={`${one.line}:${one.column} ${one.message}`}>
            <button type="button" className="text-button" onClick={() => onGo(one)}>
              {words.rule.editor.goTo(one.line, one.column)}
            </button>{' '}
            <span>{explainProblem(one, words.rule)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
