import { useCallback, useEffect, useRef, useState } from 'react';

import type { FleetDevice, FleetPage } from '../../gateway/protocol/device/fleet.ts';
import { ApiError } from '../api/api-error.ts';
import { fetchFleet } from '../api/fleet-api.ts';
import { useSession } from '../session/session-context.tsx';

/** So many devices are fetched at a time. */
export const pageSize = 200;
const refreshMs = 30_000;

interface Held {
  query: string;
  latest: FleetPage;
  /** By their place among all that match. */
  pages: ReadonlyMap<number, readonly FleetDevice[]>;
}

export interface FleetView {
  /** The last answer; that of the former wish until the new one is answered. */
  latest: FleetPage | null;
  /** Null while it is on its way. */
  deviceAt: (index: number) => FleetDevice | null;
  problem: unknown;
  again: () => void;
  /** Tells which rows are on the screen; must be told again when they change. */
  show: (first: number, last: number) => void;
}

/** The part of the fleet that is on the screen, fetched as it comes into sight and every half minute. */
export function useFleet(query: string): FleetView {
  const { end } = useSession();
  const [held, setHeld] = useState<Held | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [wanted, setWanted] = useState('0');
  const [round, setRound] = useState(0);
  const asked = useRef({ of: '', pages: new Map<number, AbortController>() });
  const again = useCallback(() => setRound((count) => count + 1), []);
  const show = useCallback((first: number, last: number) => {
    const pages = [Math.floor(first / pageSize), Math.floor(last / pageSize)];
    setWanted([...new Set(pages)].join(' '));
  }, []);

  useEffect(() => {
    const of = `${query} ${round}`;
    const pages = new Set(wanted.split(' ').map(Number));
    if (asked.current.of !== of) {
      stopAll(asked.current.pages);
      asked.current = { of, pages: new Map() };
    }
    const { pages: under } = asked.current;
    // What has been scrolled past is not waited for; what is still in sight is not asked for anew.
    for (const [page, stopping] of under) {
      if (pages.has(page)) continue;
      stopping.abort();
      under.delete(page);
    }
    const load = async (page: number, stopping: AbortController) => {
      under.set(page, stopping);
      const offset = page * pageSize;
      const latest = await fetchFleet(query, { offset, limit: pageSize }, stopping.signal);
      if (stopping.signal.aborted) return;
      setProblem(null);
      setHeld((before) => {
        const known = before?.query === query ? before.pages : [];
        return { query, latest, pages: new Map([...known, [page, latest.items]]) };
      });
    };
    for (const page of pages) {
      if (under.has(page)) continue;
      const stopping = new AbortController();
      load(page, stopping).catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        under.delete(page);
        if (error instanceof ApiError && error.status === 401) end();
        else setProblem(error);
      });
    }
  }, [query, wanted, round, end]);

  useEffect(() => {
    const asking = asked;
    return () => {
      stopAll(asking.current.pages);
      asking.current = { of: '', pages: new Map() };
    };
  }, []);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, refreshMs);
    return () => clearInterval(timer);
  }, [again]);

  const deviceAt = (index: number) =>
    held?.pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null;
  return { latest: held?.latest ?? null, deviceAt, problem, again, show };
}

function stopAll(pages: ReadonlyMap<number, AbortController>): void {
  for (const stopping of pages.values()) stopping.abort();
}
