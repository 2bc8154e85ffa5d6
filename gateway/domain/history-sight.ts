import type { AlertMark } from '../protocol/history/home-day.ts';
import type { Span } from './history.ts';
import type { Scope } from './scope.ts';

/** What is shown beside a home's days, read anew each time. */
export interface HistorySight {
  /**
   * The alerts of a home raised in a span that the reader may see at an instant, oldest first; those about the resident,
   * and none about equipment or to try it.
   */
  marks: (scope: Scope, homeId: string, span: Span, at: number) => Promise<readonly AlertMark[]>;
  /** The wall clock of a municipality. */
  timeZone: (municipalityId: string) => Promise<string>;
}
