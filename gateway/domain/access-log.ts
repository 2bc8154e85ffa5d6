import type { Scope } from './scope.ts';

/**
 * What was disclosed: a single alert or home, a list of them, the homes that have values of their own in a rule, what
 * happened in a home when rules were tried on it, which homes are held, how a home's days have been, a report over many
 * homes, or the live stream of the board.
 */
export interface Disclosure {
  action:
    | 'alerts'
    | 'alert'
    | 'homes'
    | 'home'
    | 'rule'
    | 'devices'
    | 'backtest'
    | 'holds'
    | 'history'
    | 'report'
    | 'stream';
  /** Which alert, home or rule, also when it is the alerts of one home; null for any other list. */
  subjectId: string | null;
  /** Whose residents it was about, where that is not the reader's own municipality. */
  municipalityId?: string;
  at: number;
}

/** Who saw what about whom, and when; written before it is shown. */
export interface AccessLog {
  write: (scope: Scope, disclosure: Disclosure) => Promise<void>;
}
