import { useCallback, useState } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { ApiError } from '../api/api-error.ts';
import { explain } from '../api/explain.ts';
import { useSession } from '../session/session-context.tsx';
import { useLive } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';

export interface Command {
  isPending: boolean;
  problem: string | null;
  /** True once the gateway has confirmed; nothing changes on the screen before that. */
  run: (send: () => Promise<AlertView>) => Promise<boolean>;
}

/** Sends commands about one alert, one at a time. */
export function useCommand(): Command {
  const live = useLive();
  const words = useWords();
  const { end } = useSession();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const run = useCallback(
    async (send: () => Promise<AlertView>) => {
      setPending(true);
      setProblem(null);
      try {
        live.answer(await send());
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) end();
        setProblem(explain(error, words));
        return false;
      } finally {
        setPending(false);
      }
    },
    [live, words, end],
  );
  return { isPending, problem, run };
}
