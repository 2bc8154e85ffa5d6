import { explain } from '../api/explain.ts';
import { useWords } from '../text/language-context.tsx';

/** Why the gateway could not say what it makes of what is written; nothing where it could. */
export function CheckProblem({ problem }: { problem: unknown }) {
  const words = useWords();
  if (problem === null) return null;
  return (
    <p role="alert" className="problem">
      {words.plan.doc.notChecked} {explain(problem, words)}
    </p>
  );
}
