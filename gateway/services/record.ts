import { type Alert, isLive } from '../domain/alert/alert.ts';
import { concernsOthers } from '../domain/alert/inhibition.ts';
import { namesOf } from '../domain/alert/names.ts';
import type { Directory } from '../domain/directory.ts';
import type { CommittedChange } from '../domain/hub.ts';
import type { AlertChangeSet, Ledger } from '../domain/ledger.ts';

/** These alerts, with all others of their homes that what becomes of them may concern. */
export async function liveWith(
  ledger: Ledger,
  alerts: readonly Alert[],
): Promise<readonly Alert[]> {
  const homeIds = new Set(alerts.filter(concernsOthers).map(({ homeId }) => homeId));
  if (homeIds.size === 0) return alerts;
  return [...alerts.filter(isLive), ...(await ledger.liveAlerts([...homeIds]))];
}

/** Keeps what became of alerts, and answers it ready to be told once it is committed. */
export async function record(
  ledger: Ledger,
  directory: Directory,
  changes: readonly AlertChangeSet[],
): Promise<readonly CommittedChange[]> {
  if (changes.length === 0) return [];
  const seqs = await ledger.saveAlerts(changes);
  const alerts = changes.map(({ alert }) => alert);
  const people = changes.flatMap(({ events }) =>
    events.flatMap((event) => ('by' in event && event.by !== null ? [event.by] : [])),
  );
  const names = await namesOf(directory, alerts, people);
  const flat = changes.flatMap(({ alert, events }) => events.map((event) => ({ alert, event })));
  return flat.map(({ alert, event }, index) => ({
    seq: seqs[index] ?? 0,
    event,
    alert,
    names: names(alert),
  }));
}
