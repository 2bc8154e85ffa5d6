import { type AlertTerms, openBook } from '../domain/alert/book.ts';
import { furthestDeadlineMs } from '../domain/alert/policy.ts';
import { emptyHome, homeDueAt } from '../domain/home/home-state.ts';
import type { RuleSet } from '../domain/home/rule-set.ts';
import { isSomethingUnawaited } from '../domain/home/silence.ts';
import { stepTick } from '../domain/home/step.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import type { Ledger, LogEntry, StoredHome } from '../domain/ledger.ts';
import type { Store } from '../domain/store.ts';
import type { Metrics } from './metrics.ts';
import { record } from './record.ts';

export interface SweepOptions {
  store: Store;
  rules: RuleSet;
  terms: AlertTerms;
  hub: Hub;
  metrics: Metrics;
  clock: () => number;
  newId: () => string;
  failed: (error: unknown) => void;
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

export function createSweep(options: SweepOptions): Sweep {
  const { store, hub, metrics, clock, everyMs = 250, startGraceMs = 10_000 } = options;
  const startedAt = clock();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let lastRunAt: number | null = null;
  let auditedAt = -Infinity;

  async function commit(work: (ledger: Ledger, at: number) => Promise<Swept>): Promise<number> {
    const at = clock();
    const { found, changes } = await store.transaction(
      (ledger) => work(ledger, at),
      (swept) => hub.publish(swept.changes),
    );
    for (const { event } of changes) metrics.alertEvents.inc({ type: event.type });
    return found;
  }

  /** Proves that every live alert has a deadline; what it finds otherwise falls due at once. */
  async function audit(): Promise<void> {
    if (clock() - auditedAt < auditEveryMs) return;
    auditedAt = clock();
    const mended = await commit(async (ledger, at) => ({
      found: await ledger.mendDeadlines(at, at + furthestDeadlineMs),
      changes: [],
    }));
    metrics.mendedDeadlines.inc(mended);
  }

  async function sweepAll(): Promise<void> {
    await audit();
    const isHomeTurn = clock() - startedAt >= startGraceMs;
    while (isHomeTurn && (await commit((ledger, at) => sweepHomes(options, ledger, at))) > 0);
    while ((await commit((ledger, at) => sweepAlerts(options, ledger, at))) > 0);
    lastRunAt = clock();
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
      let expectedAt = clock() + everyMs;
      timer = setInterval(() => {
        metrics.sweepLateSeconds.set(Math.max(0, clock() - expectedAt) / 1000);
        expectedAt = clock() + everyMs;
        if (running === null) run().catch(options.failed);
      }, everyMs);
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      while (running !== null) await running.catch(() => {});
    },
  };
}

interface Swept {
  found: number;
  changes: readonly CommittedChange[];
}

async function sweepHomes(
  { store, rules, terms, newId }: SweepOptions,
  ledger: Ledger,
  at: number,
): Promise<Swept> {
  const due = await ledger.dueHomes(at, atATime);
  if (due.length === 0) return { found: 0, changes: [] };
  const files = await store.directory.homes(due);
  const states = await ledger.homes(due);
  const book = openBook(await ledger.liveAlerts(due), terms);
  const stepped: StoredHome[] = [];
  const passed: LogEntry[] = [];
  for (const homeId of due) {
    const home = files.get(homeId)?.context;
    if (home === undefined) continue;
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
  return { found: stepped.length, changes: await record(ledger, store.directory, book.changes()) };
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

async function sweepAlerts(
  { store, terms }: SweepOptions,
  ledger: Ledger,
  at: number,
): Promise<Swept> {
  const due = await ledger.dueAlerts(at, atATime);
  if (due.length === 0) return { found: 0, changes: [] };
  const book = openBook(due, terms);
  for (const alert of due) book.command(alert, { type: 'tick', at });
  const changes = book.changes();
  return { found: changes.length, changes: await record(ledger, store.directory, changes) };
}
