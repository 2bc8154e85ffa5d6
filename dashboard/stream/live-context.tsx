import {
  createContext,
  use,
  useCallback,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';

import { fetchLiveAlerts } from '../api/alert-api.ts';
import { subscribeToSeconds } from '../clock/seconds.ts';
import { useSession } from '../session/session-context.tsx';
import { isStale, createLive, type Live, type LiveView } from './live.ts';

const LiveContext = createContext<Live | null>(null);

function streamUrl(): string {
  const url = new URL('/api/v1/stream', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const { end } = useSession();
  const [live] = useState(() =>
    createLive({ url: streamUrl(), fetchAlerts: fetchLiveAlerts, onSessionEnded: end }),
  );
  useEffect(() => {
    live.start();
    addEventListener('online', live.hurry);
    document.addEventListener('visibilitychange', live.hurry);
    return () => {
      removeEventListener('online', live.hurry);
      document.removeEventListener('visibilitychange', live.hurry);
      live.stop();
    };
  }, [live]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = use(LiveContext);
  if (live === null) throw new Error('There is no LiveProvider above.');
  return live;
}

export function useLiveView(): LiveView {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, live.view);
}

/** The gateway's time, by the whole second. */
export function useNow(): number {
  const { clock } = useLive();
  const snapshot = useCallback(() => Math.floor(clock.now() / 1_000) * 1_000, [clock]);
  return useSyncExternalStore(subscribeToSeconds, snapshot);
}

/** How long the picture has been in doubt, in whole seconds, once it is so old that it must not be trusted; else null. */
export function useStaleMs(): number | null {
  const live = useLive();
  const snapshot = useCallback(() => {
    const doubtMs = live.doubtMs();
    return isStale(doubtMs) ? Math.floor(doubtMs / 1_000) * 1_000 : null;
  }, [live]);
  return useSyncExternalStore(subscribeToSeconds, snapshot);
}
