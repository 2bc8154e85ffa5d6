import { useCallback, useEffect, useRef, useState } from 'react';

import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { ApiError, isGone, noAnswer } from '../api/api-error.ts';
import { fetchInstallation } from '../api/install-api.ts';
import { useSession } from '../session/session-context.tsx';
import { useLive } from '../stream/live-context.tsx';
import { askAgainMs } from './screen.ts';

export interface Following {
  view: InstallationView | null;
  problem: unknown;
  /** Since when the gateway has not answered, in epoch milliseconds; null: it does. */
  lostSince: number | null;
  /** Takes what the gateway answered to a command: newer than any answer that is on its way. */
  take: (view: InstallationView) => void;
  again: () => void;
}

/** Keeps asking how far an installation has come: all its state is the gateway's. */
export function useInstallation(id: string): Following {
  const { end } = useSession();
  const { clock } = useLive();
  const [view, setView] = useState<InstallationView | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [lostSince, setLostSince] = useState<number | null>(null);
  const latest = useRef<InstallationView | null>(null);
  const taken = useRef(0);
  const askNow = useRef(() => {});

  const show = useCallback((answer: InstallationView) => {
    latest.current = answer;
    setView(answer);
    setProblem(null);
    setLostSince(null);
  }, []);
  const take = useCallback(
    (answer: InstallationView) => {
      taken.current += 1;
      show(answer);
      askNow.current();
    },
    [show],
  );

  useEffect(() => {
    const stopping = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;

    function plan() {
      const ms = askAgainMs(latest.current, document.visibilityState === 'hidden');
      clearTimeout(timer);
      if (ms !== null) timer = setTimeout(() => void ask(), ms);
    }

    function fail(error: unknown) {
      if (error instanceof ApiError && error.status === 401) end();
      setProblem(error);
      const isLost = error instanceof ApiError && error.status === noAnswer;
      setLostSince((since) => (isLost ? (since ?? clock.now()) : null));
    }

    async function ask() {
      if (isAsking || stopping.signal.aborted) return;
      isAsking = true;
      const before = taken.current;
      try {
        const answer = await fetchInstallation(id, stopping.signal);
        if (before === taken.current && !stopping.signal.aborted) show(answer);
      } catch (error) {
        if (!stopping.signal.aborted) fail(error);
        if (isGone(error)) return;
      } finally {
        isAsking = false;
      }
      if (!stopping.signal.aborted) plan();
    }

    function look() {
      if (document.visibilityState === 'visible') void ask();
    }

    latest.current = null;
    askNow.current = plan;
    void ask();
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      stopping.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [id, show, end, clock]);

  const again = useCallback(() => {
    setProblem(null);
    askNow.current();
  }, []);
  return { view: view?.id === id ? view : null, problem, lostSince, take, again };
}
