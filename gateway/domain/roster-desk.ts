import type { z } from 'zod';

import type {
  Coverage,
  CoverageQuery,
  RosterEdit,
  RosterImport,
  RosterImported,
  RosterView,
} from '../protocol/duty/roster.ts';
import type { Scope } from './scope.ts';

/**
 * Who is planned to be at work in the units of a municipality, which coordinators change and administrators read; else
 * AppError `forbidden`. A unit of another municipality is `not-found`.
 */
export interface RosterDesk {
  roster: (scope: Scope, unitId: string) => Promise<RosterView>;
  /**
   * What holds already leads to no new version. Somebody unknown, or two shifts of one name, are `invalid`; a roster that
   * somebody has changed since is `conflict`.
   */
  put: (scope: Scope, unitId: string, edit: z.infer<typeof RosterEdit>) => Promise<RosterView>;
  /** What a file would make of it; nothing is kept. */
  read: (
    scope: Scope,
    unitId: string,
    file: z.infer<typeof RosterImport>,
  ) => Promise<z.infer<typeof RosterImported>>;
  /** Shifts and gaps of all own units, or of one. */
  coverage: (scope: Scope, query: z.infer<typeof CoverageQuery>) => Promise<Coverage>;
}
