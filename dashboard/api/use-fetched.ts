import { useCallback, useEffect, useState } from 'react';

import { useSession } from '../session/session-context.tsx';
import { ApiError } from './api-error.ts';

export interface Fetched<T> {
  /** The last answer; kept while a newer one is on its way. */
  data: T | null;
  problem: unknown;
  again: () => void;
}

/** Fetches when shown, whenever `version` changes, and every `everyMs` while the page is visible. `fetcher` must be stable. */
export function useFetched<T>(
  fetcher: (signal: AbortSignal) => Promise<T>,
  version: number,
  everyMs: number,
): Fetched<T> {
  const { end } = useSession();
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((count) => count + 1), []);

  useEffect(() => {
    const stopping = new AbortController();
    fetcher(stopping.signal).then(
      (answer) => {
        if (stopping.signal.aborted) return;
        setData(answer);
        setProblem(null);
      },
      (error: unknown) => {
        if (stopping.signal.aborted) return;
        if (error instanceof ApiError && error.status === 401) end();
        else setProblem(error);
      },
    );
    return () => stopping.abort();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new version or round asks again.
  }, [fetcher, version, round, end]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, again]);

  return { data, problem, again };
}
