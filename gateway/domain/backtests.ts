import type {
  Backtest,
  BacktestProgress,
  BacktestRequest,
  OccurrencePage,
  OccurrenceQuery,
  TuningRequest,
} from '../protocol/rule/backtest.ts';
import type { Scope } from './scope.ts';

/**
 * Rules tried on what has happened, for those who may change rules. Each belongs to whoever asked for it; for everybody
 * else it does not exist (AppError `not-found`).
 */
export interface Backtests {
  /** Waits for its turn. @throws AppError `invalid`, `forbidden`, `not-found` or `too-many`. */
  start: (scope: Scope, request: BacktestRequest) => Promise<Backtest>;
  tune: (scope: Scope, request: TuningRequest) => Promise<Backtest>;
  find: (scope: Scope, id: string) => Backtest;
  /** Ends it, whatever it has come to; what is done stays done. */
  cancel: (scope: Scope, id: string) => Backtest;
  occurrences: (scope: Scope, id: string, query: OccurrenceQuery) => OccurrencePage;
}

/** Told how each backtest goes on, at most five times a second, and whose it is. */
export type BacktestListener = (
  owner: Pick<Scope, 'userId' | 'municipalityId'>,
  progress: BacktestProgress,
) => void;
