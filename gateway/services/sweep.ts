import type { Alert } from '../domain/alert/alert.ts';
import { openBook } from '../domain/alert/book.ts';
import { furthestDeadlineMs } from '../domain/alert/policy.ts';
import type { TermsFor } from '../domain/duty/terms.ts';
import { emptyHome, homeDueAt } from '../domain/home/home-state.ts';
import { isSomethingUnawaited } from '../domain/home/silence.ts';
import { stepTick } from '../domain/home/step.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import type { Ledger, LogEntry, StoredHome } from '../domain/ledger.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import type { Store } from '../domain/store.ts';
import type { Metrics } from './metrics.ts';
import { liveWith, record } from './record.ts';

export interface SweepOptions {
  store: Store;
  rulebook: Rulebook;
  termsFor: TermsFor;
  hub: Hub;
  metrics: Metrics;
  clock: () => number;
  newId: () => string;
  failed: (error: unknown) => void;
  /** What must be known before anything is judged. */
  beforehand?: () => Promise<void>;
  /** What else is looked at after each sweep. */
  afterwards?: () => Promise<void>;
  everyMs?: number;
  /** After a start homes are judged only this much later, so that devices can deliver what they kept meanwhile. */
  startGraceMs?: number;
}

/** The only clock of the system: it takes what is due, in homes and in alerts, and lets it happen. */
export interface Sweep {
  start: () => void;
  stop: () => Promise<void>;
  /** Sweeps once, until nothing is due. */
  run: () => Promise<void>;
  /** When the last sweep ended well; null before the first. */
  lastRunAt: () => number | null;
}

const atATime = 256;
const auditEveryMs = 10_000;
const triedAgainMs = 60_000;

export function createSweep(options: SweepOptions): Sweep {
  const { store, hub, metrics, clock, everyMs = 250, startGraceMs = 10_000 } = options;
  const startedAt = clock();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let lastRunAt: number | null = null;
  let auditedAt = -Infinity;

  async function commit(
    work: (ledger: Ledger, at: number) => Promise<readonly CommittedChange[]>,
  ): Promise<void> {
    const changes = await store.transaction((ledger) => work(ledger, clock()), hub.publish);
    for (const { event } of changes) metrics.alertEvents.inc({ type: event.type });
  }

  /** Proves that every live alert has a deadline; what it finds otherwise falls due at once. */
  async function audit(): Promise<void> {
    if (!hasPassed(auditedAt, auditEveryMs)) return;
    auditedAt = clock();
    const mended = await store.transaction((ledger) => {
      const at = clock();
      return ledger.mendDeadlines(at, at + furthestDeadlineMs);
    });
    metrics.mendedDeadlines.inc(mended);
  }

  /** A clock that was set back must not make us wait: then it has passed too. */
  function hasPassed(since: number, ms: number): boolean {
    const elapsed = clock() - since;
    return elapsed < 0 || elapsed >= ms;
  }

  /** Takes what is due, once in a run, and answers whether there was any. */
  async function takeDue(kind: Kind, taken: Set<string>): Promise<boolean> {
    const due = await store.transaction((ledger) => kind.due(ledger, clock(), atATime));
    const ids = due.filter((id) => !taken.has(id));
    for (const id of ids) taken.add(id);
    if (ids.length === 0) return false;
    try {
      await commit((ledger, at) => kind.judge(options, ledger, ids, at));
    } catch (error) {
      options.failed(error);
      await takeOneByOne(kind, ids);
    }
    return true;
  }

  /** One that cannot be judged must not hold up the others; it is tried again later. */
  async function takeOneByOne(kind: Kind, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      try {
        await commit((ledger, at) => kind.judge(options, ledger, [id], at));
      } catch (error) {
        options.failed(error);
        await store.transaction((ledger) => kind.postpone(ledger, id, clock() + triedAgainMs));
      }
    }
  }

  async function sweepAll(): Promise<void> {
    await options.beforehand?.().catch(options.failed);
    await audit().catch(options.failed);
    const areHomesDue = hasPassed(startedAt, startGraceMs);
    const taken = { alerts: new Set<string>(), homes: new Set<string>() };
    let isMore = true;
    while (isMore) {
      // In turn, so that no escalation waits behind thousands of homes.
      const wereAlerts = await takeDue(alerts, taken.alerts);
      const wereHomes = areHomesDue && (await takeDue(homes, taken.homes));
      isMore = wereAlerts || wereHomes;
    }
    const turnMs = clock() - (lastRunAt ?? startedAt) - everyMs;
    metrics.sweepLateSeconds.set(Math.max(0, turnMs) / 1000);
    lastRunAt = clock();
    await options.afterwards?.();
  }

  async function run(): Promise<void> {
    while (running !== null) await running;
    running = sweepAll().finally(() => {
      running = null;
    });
    await running;
  }

  return {
    run,
    lastRunAt: () => lastRunAt,
    start: () => {
      timer = setInterval(() => {
        if (running === null) run().catch(options.failed);
      }, everyMs);
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      while (running !== null) await running.catch(() => {});
    },
  };
}

/** Something with stored deadlines. */
interface Kind {
  due: (ledger: Ledger, at: number, limit: number) => Promise<readonly string[]>;
  judge: (
    options: SweepOptions,
    ledger: Ledger,
    ids: readonly string[],
    at: number,
  ) => Promise<readonly CommittedChange[]>;
  postpone: (ledger: Ledger, id: string, until: number) => Promise<void>;
}

const homes: Kind = {
  due: (ledger, at, limit) => ledger.dueHomes(at, limit),
  judge: judgeHomes,
  postpone: (ledger, id, until) => ledger.postponeHome(id, until),
};

const alerts: Kind = {
  due: (ledger, at, limit) => ledger.dueAlerts(at, limit),
  judge: judgeAlerts,
  postpone: (ledger, id, until) => ledger.postponeAlert(id, until),
};

async function judgeHomes(
  { store, rulebook, termsFor, newId }: SweepOptions,
  ledger: Ledger,
  ids: readonly string[],
  at: number,
): Promise<readonly CommittedChange[]> {
  const files = await store.directory.homes(ids);
  const states = await ledger.homes(ids);
  const contexts = [...files.values()].map(({ context }) => context);
  const rulesOf = await rulebook.of(ledger, contexts);
  const terms = await termsFor(ledger);
  const book = openBook(await ledger.liveAlerts(ids), terms);
  const stepped: StoredHome[] = [];
  const passed: LogEntry[] = [];
  for (const homeId of ids) {
    const home = files.get(homeId)?.context;
    const rules = rulesOf.get(homeId);
    if (home === undefined || rules === undefined)
      throw new Error('A home that is due is not in the directory, or has no rules.');
    const { municipalityId } = home;
    const before = states.get(homeId) ?? emptyHome;
    const { state, calls } = stepTick(home, rules, before, at);
    stepped.push({ homeId, municipalityId, state, dueAt: homeDueAt(state) });
    for (const call of calls) book.call(home, call, at);
    // What fell due, or began to be waited for, belongs to the log: it alone gives the same alerts again.
    if (calls.length > 0 || isSomethingUnawaited(home, rules, before)) {
      passed.push(timePassed(municipalityId, homeId, at, newId()));
    }
  }
  await ledger.append(passed);
  await ledger.saveHomes(stepped);
  return record(ledger, store.directory, book.changes(), terms);
}

async function judgeAlerts(
  { store, termsFor }: SweepOptions,
  ledger: Ledger,
  ids: readonly string[],
  at: number,
): Promise<readonly CommittedChange[]> {
  const due: Alert[] = [];
  for (const id of ids) {
    const alert = await ledger.alert(id);
    if (alert !== null) due.push(alert);
  }
  const terms = await termsFor(ledger);
  const book = openBook(await liveWith(ledger, due), terms);
  for (const alert of due) book.command(alert, { type: 'tick', at });
  return record(ledger, store.directory, book.changes(), terms);
}

function timePassed(municipalityId: string, homeId: string, at: number, id: string): LogEntry {
  const data = {};
  return {
    municipalityId,
    homeId,
    deviceId: null,
    id,
    type: 'time.passed',
    at,
    receivedAt: at,
    data,
  };
}
