import type { UnitEdit, UnitList, UnitView } from '../protocol/duty/unit.ts';
import type { Scope } from './scope.ts';

/**
 * What coordinators do with units, and administrators read. A role that has no right to it is AppError `forbidden`; a unit
 * that is another municipality's is `not-found`, also where it serves this one.
 */
export interface UnitDesk {
  /** Own units, and those of others that serve this municipality: of these no more than who is on duty. */
  list: (scope: Scope) => Promise<UnitList>;
  add: (scope: Scope, unit: UnitEdit) => Promise<UnitView>;
  /** A version that no longer holds is `conflict`. Live alerts of all municipalities that it serves, or served, go at once to whoever answers now. */
  change: (scope: Scope, id: string, unit: UnitEdit) => Promise<UnitView>;
}
