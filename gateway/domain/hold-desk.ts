import type { z } from 'zod';

import type {
  HoldList,
  HoldView,
  PauseInput,
  SilenceInput,
  TestModeInput,
} from '../protocol/duty/hold.ts';
import type { Scope } from './scope.ts';

/** Which home is held, and how. */
export interface HeldHome {
  homeId: string;
  kind: 'pause' | 'test';
}

/**
 * Silences, pauses and test modes. What somebody may neither begin nor end is AppError `forbidden`, one that is to last
 * longer than its kind may is `invalid`, and a home or a hold outside the scope is `not-found`. Live alerts follow at once.
 */
export interface HoldDesk {
  /** Those in force: all of the municipality, or, to a carer, of the homes that their units answer for now. */
  list: (scope: Scope) => Promise<HoldList>;
  silence: (scope: Scope, silence: SilenceInput) => Promise<HoldView>;
  pause: (scope: Scope, homeId: string, pause: PauseInput) => Promise<HoldView>;
  testMode: (
    scope: Scope,
    homeId: string,
    testMode: z.infer<typeof TestModeInput>,
  ) => Promise<HoldView>;
  /** Ends one before its time; answers those that are still in force. */
  end: (scope: Scope, which: { id: string } | HeldHome) => Promise<HoldList>;
}
