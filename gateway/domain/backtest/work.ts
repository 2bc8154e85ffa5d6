import type { BacktestResult, TuningResult } from '../../protocol/rule/backtest.ts';
import type { ParameterKey } from '../../protocol/rule/parameter.ts';
import type { Rule } from '../../protocol/rule/rule.ts';
import type { Span } from '../history.ts';
import type { RulesInForce } from '../rulebook.ts';
import type { Scope } from '../scope.ts';
import type { PackedOccurrences } from './occurrence.ts';
import type { Progress } from './read-homes.ts';

/** What is to be tried, and on what: data alone, so that it passes to another thread. */
export interface BacktestWork {
  scope: Scope;
  homeIds: readonly string[];
  span: Span;
  handledAfterMs: number;
  task:
    | {
        kind: 'backtest';
        timeZone: string;
        candidate: RulesInForce;
        current: RulesInForce | null;
        operators: number;
      }
    | { kind: 'tuning'; rule: Rule; parameter: ParameterKey; values?: readonly number[] };
}

export type BacktestDone =
  | { kind: 'backtest'; result: BacktestResult; occurrences: PackedOccurrences }
  | { kind: 'tuning'; tuning: TuningResult };

export interface RunningWork {
  /** Rejects with AppError when it came to nothing, with a reason that may be shown. */
  done: Promise<BacktestDone>;
  /** Ends it at once; `done` then rejects. */
  cancel: () => void;
}

/** Does the work where it cannot hold up the gateway. `told` is called no more than five times a second. */
export type StartWork = (work: BacktestWork, told: (progress: Progress) => void) => RunningWork;
