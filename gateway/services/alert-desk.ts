import type { Alert } from '../domain/alert/alert.ts';
import { openBook } from '../domain/alert/book.ts';
import type { AlertCommand } from '../domain/alert/decide.ts';
import { namesOf } from '../domain/alert/names.ts';
import { presentAlert } from '../domain/alert/present.ts';
import type { AlertDesk } from '../domain/desk.ts';
import type { TermsFor } from '../domain/duty/terms.ts';
import { AppError } from '../domain/errors.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import { maySeeAlert, permissions, type Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { AlertView } from '../protocol/alert.ts';
import type { Metrics } from './metrics.ts';
import { liveAround, record } from './record.ts';

export interface AlertDeskOptions {
  store: Store;
  hub: Hub;
  termsFor: TermsFor;
  metrics: Metrics;
  clock: () => number;
  failed: (error: unknown) => void;
}

interface Receipt {
  scope: Scope;
  id: string;
}

const gatherMs = 10;
/** More in that time come from a screen gone wrong. */
const receiptsAtATime = 10_000;
/** Receipts remembered so that only the first screen of a step costs a write. */
const receiptsKept = 100_000;

export interface ClosableAlertDesk extends AlertDesk {
  /** Resolves once the receipts that have come are kept. */
  settle: () => Promise<void>;
  /** Keeps the receipts that have come, and takes no more. */
  close: () => Promise<void>;
}

export function createAlertDesk(options: AlertDeskOptions): ClosableAlertDesk {
  const { store, hub, termsFor, metrics, clock, failed } = options;
  /** The step in which each alert has been shown. */
  const delivered = new Map<string, number>();
  let receipts: Receipt[] = [];
  let gathering: NodeJS.Timeout | null = null;
  let isClosed = false;
  hub.subscribe((changes) => {
    for (const { alert, event } of changes) {
      const isAskedAnew = event.type === 'returned' || event.type === 'assigned';
      if (isAskedAnew || alert.step > (delivered.get(alert.id) ?? Infinity)) {
        delivered.delete(alert.id);
      }
    }
  });

  async function command(
    scope: Scope,
    id: string,
    build: (at: number) => AlertCommand,
  ): Promise<AlertView> {
    if (!permissions[scope.role].answer) {
      throw new AppError('forbidden', 'Your role does not answer alerts.');
    }
    const { alert, changes } = await store.transaction(
      async (ledger) => {
        const found = await ledger.alert(id);
        if (found === null || !maySeeAlert(scope, found, clock())) {
          throw new AppError('not-found', 'There is no such alert.');
        }
        const terms = await termsFor(ledger);
        const book = openBook(await liveAround(ledger, [found]), terms);
        const after = await explained(store, found, () => book.command(found, build(clock())));
        return {
          alert: after,
          changes: await record(ledger, store.directory, book.changes(), terms),
        };
      },
      (done) => hub.publish(done.changes),
    );
    count(changes);
    const names = (await namesOf(store.directory, [alert]))(alert);
    const last = changes.findLast((change) => change.alert.id === id);
    const seq = last?.seq ?? (await store.overview.alert(scope, id, clock()))?.seq ?? 0;
    return presentAlert(alert, seq, names, scope);
  }

  function count(changes: readonly CommittedChange[]): void {
    for (const { event } of changes) metrics.alertEvents.inc({ type: event.type });
  }

  /** Receipts are many and none of them is waited for, so they share a transaction. */
  async function keepReceipts(): Promise<void> {
    const gathered = receipts;
    receipts = [];
    gathering = null;
    const { changes } = await store.transaction(
      async (ledger) => {
        const terms = await termsFor(ledger);
        const book = openBook([], terms);
        const seen = new Map<string, Alert>();
        for (const { scope, id } of gathered) {
          if (seen.has(id)) continue;
          const alert = await ledger.alert(id);
          if (alert === null || !maySeeAlert(scope, alert, clock())) continue;
          seen.set(id, book.command(alert, { type: 'seen', at: clock(), by: scope.userId }));
        }
        const told = await record(ledger, store.directory, book.changes(), terms);
        return { changes: told, shown: seen };
      },
      ({ changes: told, shown }) => {
        for (const alert of shown.values()) remember(alert);
        hub.publish(told);
      },
    );
    count(changes);
  }

  async function settle(): Promise<void> {
    if (gathering === null) return;
    clearTimeout(gathering);
    await keepReceipts();
  }

  function remember({ id, step }: Alert): void {
    if (delivered.size >= receiptsKept) delivered.clear();
    delivered.set(id, step);
  }

  return {
    accept: (scope, id, etaMinutes) =>
      command(scope, id, (at) => ({ type: 'accept', at, by: scope.userId, etaMinutes })),
    decline: (scope, id) => command(scope, id, (at) => ({ type: 'decline', at, by: scope.userId })),
    takeOver: (scope, id, etaMinutes) =>
      command(scope, id, (at) => ({ type: 'take-over', at, by: scope.userId, etaMinutes })),
    giveBack: (scope, id) =>
      command(scope, id, (at) => ({ type: 'give-back', at, by: scope.userId })),
    wantHelp: (scope, id) =>
      command(scope, id, (at) => ({ type: 'want-help', at, by: scope.userId })),
    arrive: (scope, id) => command(scope, id, (at) => ({ type: 'arrive', at, by: scope.userId })),
    resolve: (scope, id, outcome, note) =>
      command(scope, id, (at) => ({ type: 'resolve', at, by: scope.userId, outcome, note })),
    comment: (scope, id, text) =>
      command(scope, id, (at) => ({ type: 'comment', at, by: scope.userId, text })),
    seen: (scope, id) => {
      const isCounted = permissions[scope.role].answer && receipts.length < receiptsAtATime;
      if (isClosed || !isCounted || delivered.has(id)) return;
      receipts.push({ scope, id });
      gathering ??= setTimeout(() => {
        keepReceipts().catch(failed);
      }, gatherMs);
    },
    settle,
    close: async () => {
      isClosed = true;
      await settle();
    },
  };
}

/** Says who has the alert when somebody else asks for it. */
async function explained(store: Store, alert: Alert, work: () => Alert): Promise<Alert> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict' || alert.by === null) throw error;
    const name = (await store.directory.people([alert.by])).get(alert.by);
    if (name === undefined || alert.state === 'resolved') throw error;
    throw new AppError('conflict', `${name} already has it.`, { cause: error });
  }
}
