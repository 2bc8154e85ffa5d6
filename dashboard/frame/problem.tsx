import { Button } from '@midas-ds/components/button';

import { isGone } from '../api/api-error.ts';
import { explain } from '../api/explain.ts';
import { useWords } from '../text/language-context.tsx';
import { WayOn } from './way-on.tsx';

/** While there is nothing to show: that it is on its way, or why it did not come and what one can do. */
export function Problem({ problem, onRetry }: { problem: unknown; onRetry: () => void }) {
  const words = useWords();
  if (problem === null) return <output>{words.loading}</output>;
  return (
    <div className="problem-box">
      <p role="alert">{explain(problem, words)}</p>
      {isGone(problem) ? (
        <WayOn />
      ) : (
        <Button variant="secondary" onPress={onRetry}>
          {words.retry}
        </Button>
      )}
    </div>
  );
}
