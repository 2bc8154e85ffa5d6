import type { Alert } from '../domain/alert/alert.ts';
import { type AlertTerms, openBook } from '../domain/alert/book.ts';
import type { AlertCommand } from '../domain/alert/decide.ts';
import { namesOf } from '../domain/alert/names.ts';
import { presentAlert } from '../domain/alert/present.ts';
import type { AlertDesk } from '../domain/desk.ts';
import { AppError } from '../domain/errors.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import { maySeeAlert, permissions, type Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { AlertView } from '../protocol/alert.ts';
import type { Metrics } from './metrics.ts';
import { record } from './record.ts';

export interface AlertDeskOptions {
  store: Store;
  hub: Hub;
  terms: AlertTerms;
  metrics: Metrics;
  clock: () => number;
  failed: (error: unknown) => void;
}

/** Receipts remembered so that only the first screen of a step costs a write. */
const receiptsKept = 100_000;

export function createAlertDesk(options: AlertDeskOptions): AlertDesk {
  const { store, hub, terms, metrics, clock, failed } = options;
  const delivered = new Set<string>();
  hub.subscribe((changes) => {
    for (const { event, alert } of changes) {
      if (event.type === 'escalated' || event.type === 'returned') delivered.delete(alert.id);
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
        if (found === null || !maySeeAlert(scope, found)) {
          throw new AppError('not-found', 'There is no such alert.');
        }
        const book = openBook([found], terms);
        const after = await explained(store, found, () => book.command(found, build(clock())));
        return {
          alert: after,
          changes: await record(ledger, store.directory, book.changes()),
        };
      },
      (done) => hub.publish(done.changes),
    );
    count(changes);
    const names = (await namesOf(store.directory, [alert]))(alert);
    const seq = changes.at(-1)?.seq ?? (await store.overview.alert(scope, id))?.seq ?? 0;
    return presentAlert(alert, seq, names, scope);
  }

  function count(changes: readonly CommittedChange[]): void {
    for (const { event } of changes) metrics.alertEvents.inc({ type: event.type });
  }

  async function receive(scope: Scope, id: string): Promise<void> {
    const changes = await store.transaction(
      async (ledger) => {
        const alert = await ledger.alert(id);
        if (alert === null || !maySeeAlert(scope, alert)) {
          delivered.delete(id);
          return [];
        }
        const book = openBook([alert], terms);
        book.command(alert, { type: 'seen', at: clock(), by: scope.userId });
        return record(ledger, store.directory, book.changes());
      },
      (done) => hub.publish(done),
    );
    count(changes);
  }

  return {
    accept: (scope, id, etaMinutes) =>
      command(scope, id, (at) => ({ type: 'accept', at, by: scope.userId, etaMinutes })),
    arrive: (scope, id) => command(scope, id, (at) => ({ type: 'arrive', at, by: scope.userId })),
    resolve: (scope, id, outcome, note) =>
      command(scope, id, (at) => ({ type: 'resolve', at, by: scope.userId, outcome, note })),
    comment: (scope, id, text) =>
      command(scope, id, (at) => ({ type: 'comment', at, by: scope.userId, text })),
    seen: (scope, id) => {
      if (delivered.has(id)) return;
      if (delivered.size >= receiptsKept) delivered.clear();
      delivered.add(id);
      receive(scope, id).catch((error: unknown) => {
        delivered.delete(id);
        failed(error);
      });
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
