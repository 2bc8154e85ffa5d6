import type { PackedOccurrences } from '../domain/backtest/occurrence.ts';
import type {
  BacktestDone,
  BacktestWork,
  RunningWork,
  StartWork,
} from '../domain/backtest/work.ts';
import type { BacktestListener } from '../domain/backtests.ts';
import { AppError } from '../domain/errors.ts';
import type { Scope } from '../domain/scope.ts';
import type { Backtest, BacktestProgress, BacktestState } from '../protocol/rule/backtest.ts';

export interface BacktestJobOptions {
  id: string;
  scope: Scope;
  work: BacktestWork;
  startWork: StartWork;
  clock: () => number;
  told: BacktestListener;
  failed: (error: unknown) => void;
}

/** One backtest, from asked for to done; whatever becomes of it, it ends in a state that says so. */
export interface BacktestJob {
  id: string;
  scope: Scope;
  homeIds: readonly string[];
  /** Whether it is theirs, and they may still see what they might when they asked. */
  isOf: (scope: Scope) => boolean;
  state: () => BacktestState;
  endedAt: () => number | null;
  /** Resolves when it has ended. `prepare` comes first; if it rejects, nothing is read. */
  run: (prepare: () => Promise<void>) => Promise<void>;
  cancel: () => void;
  present: () => Backtest;
  /** Null until it is done. */
  occurrences: () => PackedOccurrences | null;
}

export function createBacktestJob(options: BacktestJobOptions): BacktestJob {
  const { id, scope, work, startWork, clock, told, failed } = options;
  const startedAt = clock();
  let progress: BacktestProgress = { id, state: 'waiting', progress: 0, events: 0, alerts: 0 };
  let running: RunningWork | null = null;
  let done: BacktestDone | null = null;
  let problem: string | null = null;
  let endedAt: number | null = null;

  function move(change: Partial<BacktestProgress>): void {
    progress = { ...progress, ...change };
    told(scope, progress);
  }

  function hasEnded(): boolean {
    return endedAt !== null;
  }

  function end(state: BacktestState, change: Partial<BacktestProgress> = {}): void {
    if (hasEnded()) return;
    endedAt = clock();
    move({ state, ...change });
  }

  function fail(error: unknown): void {
    if (hasEnded()) return;
    if (!(error instanceof AppError)) failed(error);
    problem =
      error instanceof AppError
        ? error.message
        : 'Something went wrong here. Whoever runs the gateway finds why in its log.';
    end('failed');
  }

  return {
    id,
    scope,
    homeIds: work.homeIds,
    isOf: ({ userId, municipalityId, role, units }) =>
      userId === scope.userId &&
      municipalityId === scope.municipalityId &&
      role === scope.role &&
      String(units) === String(scope.units),
    state: () => progress.state,
    endedAt: () => endedAt,
    run: async (prepare) => {
      move({ state: 'running' });
      try {
        await prepare();
        if (hasEnded()) return;
        running = startWork(work, (come) => {
          if (!hasEnded()) move(come);
        });
        const found = await running.done;
        if (hasEnded()) return;
        done = found;
        end('done', { progress: 1, ...countsOf(found, progress) });
      } catch (error) {
        fail(error);
      } finally {
        running = null;
      }
    },
    cancel: () => {
      end('cancelled');
      running?.cancel();
    },
    present: () => ({
      ...progress,
      kind: work.task.kind,
      startedAt,
      problem,
      result: done?.kind === 'backtest' ? done.result : null,
      tuning: done?.kind === 'tuning' ? done.tuning : null,
    }),
    occurrences: () => (done?.kind === 'backtest' ? done.occurrences : null),
  };
}

function countsOf(done: BacktestDone, before: BacktestProgress) {
  if (done.kind === 'tuning') return { events: done.tuning.events, alerts: before.alerts };
  return { events: done.result.events, alerts: done.result.summary.alerts };
}
