import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';

import type { Me, SignIn } from '../../gateway/protocol/api.ts';
import { ApiError } from '../api/api-error.ts';
import { fetchMe, signIn, signOut } from '../api/session-api.ts';
import { endPushHere } from '../push/push-here.ts';

export type SessionState =
  | { phase: 'unknown'; problem: ApiError | null }
  | { phase: 'out'; hasEnded: boolean }
  | { phase: 'in'; me: Me };

interface Session {
  state: SessionState;
  enter: (body: SignIn) => Promise<void>;
  leave: () => Promise<void>;
  /** The gateway says that the session is over. */
  end: () => void;
  retry: () => void;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ phase: 'unknown', problem: null });

  const recognise = useCallback((signal: AbortSignal) => {
    // Whoever signs in meanwhile is who is reading.
    const settle = (found: SessionState) =>
      setState((now) => (now.phase === 'unknown' && !signal.aborted ? found : now));
    fetchMe(signal).then(
      (me) => settle({ phase: 'in', me }),
      (error: unknown) => settle(stateAfter(error)),
    );
  }, []);
  useEffect(() => {
    const stopping = new AbortController();
    recognise(stopping.signal);
    return () => stopping.abort();
  }, [recognise]);

  const enter = useCallback(async (body: SignIn) => {
    const me = await signIn(body);
    setState({ phase: 'in', me });
  }, []);
  const leave = useCallback(async () => {
    await endPushHere();
    await signOut();
    setState({ phase: 'out', hasEnded: false });
  }, []);
  const end = useCallback(() => setState({ phase: 'out', hasEnded: true }), []);
  const retry = useCallback(() => {
    setState({ phase: 'unknown', problem: null });
    recognise(new AbortController().signal);
  }, [recognise]);

  const session = useMemo<Session>(
    () => ({ state, enter, leave, end, retry }),
    [state, enter, leave, end, retry],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

function stateAfter(error: unknown): SessionState {
  if (error instanceof ApiError && error.status !== 401)
    return { phase: 'unknown', problem: error };
  return { phase: 'out', hasEnded: false };
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('There is no SessionProvider above.');
  return session;
}

/** Who is signed in; only for what is shown to those who are. */
export function useMe(): Me {
  const { state } = useSession();
  if (state.phase !== 'in') throw new Error('Nobody is signed in.');
  return state.me;
}
