import { createContext, use, useMemo, type ReactNode } from 'react';

import type { DutyPage } from '../../gateway/protocol/duty/duty.ts';
import { fetchDuties } from '../api/duty-api.ts';
import { useFetched } from '../api/use-fetched.ts';

const refreshMs = 60_000;

interface Duties {
  /** Null until it is known. */
  page: DutyPage | null;
  problem: unknown;
  /** Asks anew, as after a check-in. */
  again: () => void;
}

const DutyContext = createContext<Duties | null>(null);

/** Knows who is on duty, for the header, the board and the page about it. */
export function DutyProvider({ children }: { children: ReactNode }) {
  const { data, problem, again } = useFetched(fetchDuties, 0, refreshMs);
  const duties = useMemo(() => ({ page: data, problem, again }), [data, problem, again]);
  return <DutyContext value={duties}>{children}</DutyContext>;
}

export function useDuties(): Duties {
  const duties = use(DutyContext);
  if (duties === null) throw new Error('There is no DutyProvider above.');
  return duties;
}
