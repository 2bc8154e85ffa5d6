import { createContext, use } from 'react';

import type { Coverage, RosterView } from '../../gateway/protocol/duty/roster.ts';
import type { UnitView } from '../../gateway/protocol/duty/unit.ts';
import type { Named } from '../plan/names.ts';
import type { Action } from '../rule/use-action.ts';
import type { Change } from './change.ts';

export interface Overtaken {
  /** What one thought was in force. */
  before: RosterView;
  by: RosterView;
}

/** What the parts of the page share about the roster of one unit. */
export interface RosterDesk {
  unit: UnitView;
  /** As it is in force, as far as is known. */
  view: RosterView;
  /** Whom one may plan; and whoever the roster names besides. */
  people: readonly Named[];
  /** The coming eight weeks; null until they are known. */
  ahead: Coverage | null;
  mayChange: boolean;
  action: Action;
  /** Another was first, since one last tried. */
  overtaken: Overtaken | null;
  /** Saves the roster with this change; answers whether it is in force. */
  apply: (change: Change, reason: string) => Promise<boolean>;
  /** Before something new is tried. */
  begin: () => void;
}

export const RosterContext = createContext<RosterDesk | null>(null);

export function useRoster(): RosterDesk {
  const desk = use(RosterContext);
  if (desk === null) throw new Error('There is no roster above.');
  return desk;
}
