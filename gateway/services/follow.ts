import type { AlertCommand } from '../domain/alert/alert-command.ts';
import type { Alert } from '../domain/alert/alert.ts';
import { openBook } from '../domain/alert/book.ts';
import type { TermsFor } from '../domain/duty/terms.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { Store } from '../domain/store.ts';
import type { Metrics } from './metrics.ts';
import { record } from './record.ts';

/** What is needed to change arrangements so that live alerts follow. */
export interface FollowOptions {
  store: Store;
  hub: Hub;
  termsFor: TermsFor;
  metrics: Metrics;
  clock: () => number;
}

/** Whose live alerts a change of arrangements may concern, and what is to happen to some of them first. */
export type Concerned = ({ municipalityIds: readonly string[] } | { homeId: string }) & {
  commands?: (alert: Alert) => readonly AlertCommand[];
};

/**
 * Changes arrangements, and in the same transaction lets live alerts go by them: to the unit that answers now, held back
 * or no longer held back. Whatever happens, there is no instant at which an alert goes by what does not hold any more.
 */
export async function changeAndFollow(
  { store, hub, termsFor, metrics, clock }: FollowOptions,
  change: (ledger: Ledger, at: number) => Promise<Concerned>,
): Promise<void> {
  const changes = await store.transaction(
    async (ledger) => {
      const at = clock();
      const concerned = await change(ledger, at);
      const alerts = await concernedAlerts(ledger, concerned);
      const terms = await termsFor(ledger);
      const book = openBook(alerts, terms);
      for (const alert of alerts) {
        for (const command of concerned.commands?.(alert) ?? []) book.command(alert, command);
      }
      for (const alert of alerts) book.command(alert, { type: 'assign', at });
      return record(ledger, store.directory, book.changes(), terms);
    },
    (told: readonly CommittedChange[]) => hub.publish(told),
  );
  for (const { event } of changes) metrics.alertEvents.inc({ type: event.type });
}

async function concernedAlerts(ledger: Ledger, concerned: Concerned): Promise<readonly Alert[]> {
  if ('homeId' in concerned) return ledger.liveAlerts([concerned.homeId]);
  const alerts: Alert[] = [];
  for (const municipalityId of new Set(concerned.municipalityIds)) {
    alerts.push(...(await ledger.liveAlertsOf({ municipalityId })));
  }
  return alerts;
}
