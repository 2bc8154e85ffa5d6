import type { Severity } from '../../gateway/protocol/alert.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { useWords } from '../text/language-context.tsx';

/** A severity as its mark and its word. */
export function SeverityWords({ severity }: { severity: Severity }) {
  const words = useWords();
  return (
    <span className="severity-words">
      <SeverityMark severity={severity} />
      <span className="severity-word">{words.severity[severity]}</span>
    </span>
  );
}
