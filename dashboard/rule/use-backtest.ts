import { useCallback, useEffect, useState } from 'react';

import type { Backtest } from '../../gateway/protocol/rule/backtest.ts';
import { cancelBacktest, fetchBacktest } from '../api/backtest-api.ts';
import { useLive } from '../stream/live-context.tsx';
import { type Action, useAction } from './use-action.ts';

export interface Trial {
  /** How far the latest has come, and what it gave. */
  backtest: Backtest | null;
  isUnderWay: boolean;
  action: Action;
  start: (begin: () => Promise<string>) => Promise<boolean>;
  cancel: () => void;
}

/** The stream tells how it goes; where it does not, asking does. */
const askEveryMs = 2_000;
const answerWithinMs = 10_000;

function isOver({ state }: Pick<Backtest, 'state'>): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}

/** One backtest or tuning at a time, followed to its end; left, it is cancelled. */
export function useBacktest(): Trial {
  const live = useLive();
  const action = useAction();
  const [id, setId] = useState<string | null>(null);
  const [known, setBacktest] = useState<Backtest | null>(null);
  // What was tried before says nothing of what is tried now.
  const backtest = known?.id === id ? known : null;
  const isUnderWay = id !== null && (backtest === null || !isOver(backtest));

  useEffect(() => {
    if (id === null) return;
    const stopping = new AbortController();
    let isEnded = false;
    const ask = async () => {
      const within = AbortSignal.any([stopping.signal, AbortSignal.timeout(answerWithinMs)]);
      try {
        const found = await fetchBacktest(id, within);
        if (stopping.signal.aborted || isEnded) return;
        isEnded = isOver(found);
        setBacktest(found);
      } catch {
        // Asked again soon.
      }
    };
    void ask();
    const timer = setInterval(() => {
      if (!isEnded) void ask();
    }, askEveryMs);
    const forget = live.onBacktest((progress) => {
      if (progress.id !== id || isEnded) return;
      if (isOver(progress)) void ask();
      else setBacktest((one) => (one?.id === id ? { ...one, ...progress } : one));
    });
    return () => {
      stopping.abort();
      clearInterval(timer);
      forget();
      if (!isEnded) cancelBacktest(id).catch(() => undefined);
    };
  }, [id, live]);

  const { run } = action;
  const start = useCallback(
    (begin: () => Promise<string>) =>
      run(async () => {
        setId(null);
        setId(await begin());
      }),
    [run],
  );
  const cancel = useCallback(() => {
    if (id !== null) void run(() => cancelBacktest(id));
  }, [id, run]);
  return { backtest, isUnderWay, action, start, cancel };
}
