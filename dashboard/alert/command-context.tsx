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
/** Where on an alert something was pressed: what came of it is told there and nowhere else. */
type Place = 'card' | 'resolution' | 'comment' | 'take-over';
type Send = () => Promise<AlertView>;

interface Commands {
  progress: ReadonlyMap<string, Progress>;
  run: (alertId: string, place: Place, send: Send) => Promise<boolean>;
}

const CommandContext = createContext<Commands | null>(null);

/** Keeps what is under way for each alert above the cards, which move between the board's parts meanwhile. */
export function CommandProvider({ children }: { children: ReactNode }) {
  const live = useLive();
  const me = useMe();
  const words = useWords();
  const { end } = useSession();
  const [progress, setProgress] = useState<Commands['progress']>(new Map());

  const note = useCallback((key: string, now: Progress | null) => {
    setProgress((before) => {
      const after = new Map(before);
      if (now === null) after.delete(key);
      else after.set(key, now);
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
    async (alertId: string, place: Place, send: Send) => {
      const key = keyOf(alertId, place);
      note(key, { phase: 'pending' });
      try {
        live.answer(await send());
        note(key, null);
        focusAlert(alertId);
        return true;
      } catch (error) {
        note(key, { phase: 'refused', problem: await problemOf(alertId, error) });
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
export function useCommand(alertId: string, place: Place): Command {
  const commands = use(CommandContext);
  if (commands === null) throw new Error('There is no CommandProvider above.');
  const { progress, run } = commands;
  const now = progress.get(keyOf(alertId, place));
  const runThis = useCallback((send: Send) => run(alertId, place, send), [run, alertId, place]);
  return {
    isPending: now?.phase === 'pending',
    problem: now?.phase === 'refused' ? now.problem : null,
    run: runThis,
  };
}

function keyOf(alertId: string, place: Place): string {
  return `${alertId} ${place}`;
}
