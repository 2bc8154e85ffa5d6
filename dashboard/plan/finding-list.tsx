import type { Finding } from '../../gateway/protocol/duty/plan.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { useSpeech } from '../text/language-context.tsx';

type Path = Finding['path'];

/** Those at a place of the document, and within it. */
export function findingsAt(findings: readonly Finding[], path: Path): Finding[] {
  return findings.filter((finding) => path.every((part, index) => finding.path[index] === part));
}

/** Those about nothing that any of these places shows. */
export function findingsElsewhere(
  findings: readonly Finding[],
  places: readonly string[],
): Finding[] {
  return findings.filter(
    ({ path }) => !places.includes(String(path[0])) || typeof path[1] !== 'number',
  );
}

export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

interface FindingListProps {
  findings: readonly Finding[];
  /** What stands before each, such as its line. */
  prefix?: (finding: Finding) => string | null;
}

/** What will not work, and what one should know, in that order. */
export function FindingList({ findings, prefix }: FindingListProps) {
  const { words, say } = useSpeech();
  if (findings.length === 0) return null;
  const inOrder = [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ];
  return (
    <ul className="plan-findings">
      {inOrder.map((finding) => {
        const before = prefix?.(finding) ?? null;
        return (
          <li key={`${finding.path.join('.')} ${say(finding.text)}`} data-kind={finding.severity}>
            <SeverityMark severity={finding.severity === 'error' ? 'high' : 'medium'} />
            <span>
              <strong>
                {finding.severity === 'error' ? words.plan.doc.error : words.plan.doc.warning}
                {': '}
              </strong>
              {before !== null && `${before}: `}
              {say(finding.text)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
