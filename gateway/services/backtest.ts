import { readCandidates, withCandidates } from '../domain/backtest/candidate.ts';
import { readOccurrences } from '../domain/backtest/occurrence.ts';
import { valuesFor } from '../domain/backtest/tuning.ts';
import type { BacktestWork, StartWork } from '../domain/backtest/work.ts';
import type { BacktestListener, Backtests } from '../domain/backtests.ts';
import { AppError } from '../domain/errors.ts';
import type { Span } from '../domain/history.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { BacktestRequest, TuningRequest } from '../protocol/rule/backtest.ts';
import { type BacktestJob, createBacktestJob } from './backtest-job.ts';

export interface BacktestOptions {
  store: Pick<Store, 'transaction' | 'registry' | 'accessLog' | 'history'>;
  startWork: StartWork;
  clock: () => number;
  newId: () => string;
  told: BacktestListener;
  /** Told of what went wrong here, and not in the rules. */
  failed: (error: unknown) => void;
}

export interface BacktestService extends Backtests {
  /** Ends whatever runs, and lets nothing more begin. */
  close: () => void;
}

const minuteMs = 60_000;
/** How long what was found can be looked at. */
const keptMs = 60 * minuteMs;
/** How many are kept at the most; each may hold some megabytes. Whoever has the most gives the oldest of theirs. */
const keptAtMost = 16;
/** For each municipality, so that none stands in the way of the others. */
const waitingAtMost = 2;
const longestMs = 400 * 24 * 60 * minuteMs;

/** One runs at a time, so that the gateway has a processor left; a few wait. */
export function createBacktests(options: BacktestOptions): BacktestService {
  const { store, startWork, clock, newId, told, failed } = options;
  const jobs = new Map<string, BacktestJob>();
  let running: BacktestJob | null = null;
  let isClosed = false;

  function forgetOld(): void {
    const isOver = (job: BacktestJob) => job.endedAt() !== null;
    for (const job of jobs.values()) {
      if (isOver(job) && clock() - (job.endedAt() ?? 0) > keptMs) jobs.delete(job.id);
    }
    for (;;) {
      const ended = [...jobs.values()].filter(isOver);
      if (ended.length <= keptAtMost) return;
      const owned = [...Map.groupBy(ended, ({ scope }) => scope.municipalityId).values()];
      const most = owned.toSorted((one, other) => other.length - one.length)[0] ?? [];
      for (const { id } of most.slice(0, 1)) jobs.delete(id);
    }
  }

  function jobOf(scope: Scope, id: string): BacktestJob {
    forgetOld();
    const job = jobs.get(id);
    if (job?.isOf(scope) === true) return job;
    throw new AppError('not-found', 'There is no such backtest, or no longer.');
  }

  function queue(scope: Scope, work: BacktestWork): BacktestJob {
    forgetOld();
    const waiting = [...jobs.values()].filter(
      (job) => job.state() === 'waiting' && job.scope.municipalityId === scope.municipalityId,
    );
    if (waiting.length >= waitingAtMost)
      throw new AppError('too-many', 'Several backtests are waiting already. Try again soon.');
    const job = createBacktestJob({ id: newId(), scope, work, startWork, clock, told, failed });
    jobs.set(job.id, job);
    runNext();
    return job;
  }

  function runNext(): void {
    if (running !== null || isClosed) return;
    const next = [...jobs.values()].find(({ state }) => state() === 'waiting');
    if (next === undefined) return;
    running = next;
    const written = () => disclose(next);
    void next.run(written).finally(() => {
      running = null;
      runNext();
    });
  }

  /** Before anything is read of a home. */
  async function disclose({ scope, homeIds }: BacktestJob): Promise<void> {
    const at = clock();
    const rows = homeIds.map((subjectId) =>
      store.accessLog.write(scope, { action: 'backtest', subjectId, at }),
    );
    await Promise.all(rows);
  }

  async function homesOf(scope: Scope, wanted: readonly string[] | undefined) {
    const homes = await store.history.homes(scope, wanted ?? null);
    const ids = homes.map(({ id }) => id);
    const missing = wanted?.find((id) => !ids.includes(id));
    if (missing !== undefined) throw new AppError('not-found', `There is no home ${missing}.`);
    if (ids.length === 0) throw new AppError('invalid', 'There is no home to try the rules on.');
    return ids;
  }

  async function inForceOf({ municipalityId }: Scope) {
    const all = await store.transaction((ledger) => ledger.rulesInForce([municipalityId]));
    const inForce = all.get(municipalityId);
    if (inForce === undefined) throw new Error('A municipality has no rules.');
    return inForce;
  }

  return {
    start: async (scope, request) => {
      requireCoordinator(scope);
      const span = spanOf(request);
      const candidates = readCandidates(request.source);
      const { municipalityId } = scope;
      const homeIds = await homesOf(scope, request.homeIds);
      const inForce = await inForceOf(scope);
      const municipality = await store.registry.municipality(municipalityId);
      const { alone, compare, operators } = request;
      const work: BacktestWork = {
        scope,
        homeIds,
        span,
        handledAfterMs: request.handledAfterMinutes * minuteMs,
        task: {
          kind: 'backtest',
          timeZone: municipality?.timeZone ?? 'UTC',
          candidate: withCandidates(inForce, candidates, { municipalityId, at: clock(), alone }),
          current: compare ? inForce : null,
          operators,
        },
      };
      return queue(scope, work).present();
    },
    tune: async (scope, request) => {
      requireCoordinator(scope);
      const span = spanOf(request);
      const [candidate, ...others] = readCandidates(request.source);
      if (candidate === undefined || others.length > 0)
        throw new AppError('invalid', 'Give one rule: its parameter is to be tuned.');
      const { parameter } = request;
      const values = valuesFor(candidate.rule, parameter, request.values);
      const work: BacktestWork = {
        scope,
        homeIds: await homesOf(scope, request.homeIds),
        span,
        handledAfterMs: request.handledAfterMinutes * minuteMs,
        task: { kind: 'tuning', rule: candidate.rule, parameter, values },
      };
      return queue(scope, work).present();
    },
    find: (scope, id) => jobOf(scope, id).present(),
    cancel: (scope, id) => {
      const job = jobOf(scope, id);
      job.cancel();
      return job.present();
    },
    occurrences: (scope, id, query) => {
      const occurrences = jobOf(scope, id).occurrences();
      if (occurrences === null)
        throw new AppError('conflict', 'The backtest has not come to an end.');
      return readOccurrences(occurrences, query);
    },
    close: () => {
      isClosed = true;
      for (const job of jobs.values()) job.cancel();
    },
  };
}

function requireCoordinator({ role }: Scope): void {
  if (permissions[role].rules === 'change') return;
  throw new AppError('forbidden', 'Coordinators try rules; ask one of them.');
}

function spanOf({ from, to }: Pick<BacktestRequest | TuningRequest, 'from' | 'to'>): Span {
  if (from >= to) throw new AppError('invalid', '`from` must be before `to`.');
  if (to - from > longestMs) throw new AppError('invalid', 'Choose 400 days at the most.');
  return { from, to };
}
