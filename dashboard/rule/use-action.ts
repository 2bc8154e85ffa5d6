import { useCallback, useState } from 'react';

import { ApiError } from '../api/api-error.ts';
import { explain } from '../api/explain.ts';
import { useSession } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';

export interface Action {
  isPending: boolean;
  /** Why it was refused, in words to show. */
  problem: string | null;
  /** Answers whether it succeeded. `onRefused` may take a refusal upon itself by answering true. */
  run: (send: () => Promise<void>, onRefused?: (error: ApiError) => boolean) => Promise<boolean>;
  clear: () => void;
}

/** Something the gateway is asked to do, told as under way, done or refused. */
export function useAction(): Action {
  const words = useWords();
  const { end } = useSession();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const clear = useCallback(() => setProblem(null), []);
  const run = useCallback<Action['run']>(
    async (send, onRefused) => {
      setPending(true);
      setProblem(null);
      try {
        await send();
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) end();
        const isTaken = error instanceof ApiError && onRefused?.(error) === true;
        if (!isTaken) setProblem(explain(error, words));
        return false;
      } finally {
        setPending(false);
      }
    },
    [end, words],
  );
  return { isPending, problem, run, clear };
}
