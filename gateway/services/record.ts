import { type Alert, isLive } from '../domain/alert/alert.ts';
import { concernsOthers } from '../domain/alert/inhibition.ts';
import { namesOf } from '../domain/alert/names.ts';
import type { AlertTerms } from '../domain/alert/terms.ts';
import type { Directory } from '../domain/directory.ts';
import type { CommittedChange } from '../domain/hub.ts';
import type { AlertChangeSet, Ledger } from '../domain/ledger.ts';
import { notificationsOf } from '../domain/notification/notifications-of.ts';
import { understands } from '../protocol/profile.ts';

/** These alerts, with all others of their homes that what becomes of them may concern. */
export async function liveWith(
  ledger: Ledger,
  alerts: readonly Alert[],
): Promise<readonly Alert[]> {
  return withHomes(ledger, alerts, alerts.filter(concernsOthers));
}

/** These alerts, with all others of their homes: somebody who comes to one of them comes to a home. */
export async function liveAround(
  ledger: Ledger,
  alerts: readonly Alert[],
): Promise<readonly Alert[]> {
  return withHomes(ledger, alerts, alerts);
}

async function withHomes(
  ledger: Ledger,
  alerts: readonly Alert[],
  of: readonly Alert[],
): Promise<readonly Alert[]> {
  const homeIds = new Set(of.map(({ homeId }) => homeId).filter((id) => id !== null));
  if (homeIds.size === 0) return alerts;
  return [...alerts.filter(isLive), ...(await ledger.liveAlerts([...homeIds]))];
}

/**
 * Keeps what became of alerts, and whom that is to be told, in the open transaction; answers it ready to be told to the
 * screens once it is committed.
 */
export async function record(
  ledger: Ledger,
  directory: Directory,
  changes: readonly AlertChangeSet[],
  terms: Pick<AlertTerms, 'channelsTo'>,
): Promise<readonly CommittedChange[]> {
  if (changes.length === 0) return [];
  const seqs = await ledger.saveAlerts(changes);
  const alerts = changes.map(({ alert }) => alert);
  const deviceIds = alerts.map(({ deviceId }) => deviceId).filter((id) => id !== null);
  const devices = await directory.devices([...new Set(deviceIds)]);
  const canReassure = (id: string) => {
    const device = devices.get(id);
    // Who is spoken for by a hub hears us in no language yet.
    return device?.behind === null && understands(device.profile, 'reassure');
  };
  const notifications = notificationsOf(changes, terms, canReassure);
  if (notifications.length > 0) await ledger.enqueue(notifications);
  const names = await namesOf(
    directory,
    alerts,
    changes.flatMap(({ events }) => events),
  );
  const flat = changes.flatMap(({ alert, before, events }) =>
    events.map((event) => ({ alert, before, event })),
  );
  return flat.map(({ alert, before, event }, index) => ({
    seq: seqs[index] ?? 0,
    event,
    alert,
    before,
    names: names(alert),
  }));
}
