import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { fetchAlert } from '../api/alert-api.ts';
import { ApiError } from '../api/api-error.ts';
import { explain } from '../api/explain.ts';
import { useMe, useSession } from '../session/session-context.tsx';
import { useLive } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { explainConflict } from './conflict.ts';
import { focusAlert } from './focus.ts';

type Progress = { phase: 'pending' } | { phase: 'refused'; problem: string };
type Send = () => Promise<AlertView>;

interface Commands {
  progress: ReadonlyMap<string, Progress>;
  run: (alertId: string, send: Send) => Promise<boolean>;
}

const CommandContext = createContext<Commands | null>(null);

/** Keeps what is under way for each alert above the cards, which move between the board's parts meanwhile. */
export function CommandProvider({ children }: { children: ReactNode }) {
  const live = useLive();
  const me = useMe();
  const words = useWords();
  const { end } = useSession();
  const [progress, setProgress] = useState<Commands['progress']>(new Map());

  const note = useCallback((alertId: string, now: Progress | null) => {
    setProgress((before) => {
      const after = new Map(before);
      if (now === null) after.delete(alertId);
      else after.set(alertId, now);
      return after;
    });
  }, []);

  const problemOf = useCallback(
    async (alertId: string, error: unknown): Promise<string> => {
      if (!(error instanceof ApiError)) return explain(error, words);
      if (error.status === 401) end();
      if (error.status !== 409) return explain(error, words);
      try {
        const alert = await fetchAlert(alertId, AbortSignal.timeout(5_000));
        live.answer(alert);
        return explainConflict(alert, me.id, words) ?? explain(error, words);
      } catch {
        return explain(error, words);
      }
    },
    [live, me, words, end],
  );

  const run = useCallback(
    async (alertId: string, send: Send) => {
      note(alertId, { phase: 'pending' });
      try {
        live.answer(await send());
        note(alertId, null);
        focusAlert(alertId);
        return true;
      } catch (error) {
        note(alertId, { phase: 'refused', problem: await problemOf(alertId, error) });
        return false;
      }
    },
    [live, note, problemOf],
  );

  const commands = useMemo(() => ({ progress, run }), [progress, run]);
  return <CommandContext value={commands}>{children}</CommandContext>;
}

export interface Command {
  isPending: boolean;
  problem: string | null;
  /** True once the gateway has confirmed; nothing changes on the screen before that. */
  run: (send: Send) => Promise<boolean>;
}

/** Sends commands about one alert. */
export function useCommand(alertId: string): Command {
  const commands = use(CommandContext);
  if (commands === null) throw new Error('There is no CommandProvider above.');
  const { progress, run } = commands;
  const now = progress.get(alertId);
  const runThis = useCallback((send: Send) => run(alertId, send), [run, alertId]);
  return {
    isPending: now?.phase === 'pending',
    problem: now?.phase === 'refused' ? now.problem : null,
    run: runThis,
  };
}
