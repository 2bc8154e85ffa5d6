import type { AccessLog, Disclosure } from '../domain/access-log.ts';
import type { AlertDesk } from '../domain/desk.ts';
import type { Overview } from '../domain/overview.ts';
import type { Reading } from '../domain/reading.ts';
import type { Scope } from '../domain/scope.ts';
import type { AlertView } from '../protocol/alert.ts';

export interface ReadingDependencies {
  overview: Overview;
  accessLog: AccessLog;
  clock: () => number;
}

/**
 * Reads, writes down who is about to see what, and only then answers.
 * What was not found is not disclosed, and leaves no row.
 */
export function createReading({ overview, accessLog, clock }: ReadingDependencies): Reading {
  const disclose = createDisclose(accessLog, clock);

  return {
    alerts: async (scope, query) => {
      const page = await overview.alerts(scope, query, clock());
      const subjectId = query.homeId ?? null;
      for (const of of municipalitiesOf(scope, page.items)) {
        await disclose(scope, 'alerts', subjectId, of);
      }
      return page;
    },
    alert: async (scope, id) => {
      const alert = await overview.alert(scope, id, clock());
      if (alert !== null) await disclose(scope, 'alert', id, alert.municipality.id);
      return alert;
    },
    homes: async (scope, query, at) => {
      const page = await overview.homes(scope, query, at);
      await disclose(scope, 'homes');
      return page;
    },
    home: async (scope, id, at) => {
      const home = await overview.home(scope, id, at);
      if (home !== null) await disclose(scope, 'home', id);
      return home;
    },
    devices: async (scope, query) => {
      const page = await overview.devices(scope, query);
      await disclose(scope, 'devices');
      return page;
    },
    status: overview.status,
    openStream: async (scope, cursor, limit) => {
      // Read before the changes: what is committed in between is then in both, never in neither.
      const lastSeq = await overview.lastSeq();
      const isKnown = cursor === null || cursor <= lastSeq;
      const since = isKnown ? (cursor ?? lastSeq) : null;
      const missed =
        since === null ? null : await overview.changesAfter(scope, since, limit, clock());
      const served = await overview.served(scope);
      for (const of of [scope.municipalityId, ...served]) await disclose(scope, 'stream', null, of);
      if (missed === null) return { seq: lastSeq, changes: null, gone: [] };
      const seq = Math.max(lastSeq, missed.changes.at(-1)?.seq ?? 0);
      return { seq, ...missed };
    },
  };
}

/** The desk, whose every answer shows an alert and is therefore a disclosure too. */
export function createWitnessedDesk(
  desk: AlertDesk,
  { accessLog, clock }: Pick<ReadingDependencies, 'accessLog' | 'clock'>,
): AlertDesk {
  const disclose = createDisclose(accessLog, clock);

  async function witnessed(scope: Scope, answering: Promise<AlertView>): Promise<AlertView> {
    const alert = await answering;
    await disclose(scope, 'alert', alert.id, alert.municipality.id);
    return alert;
  }

  return {
    accept: (scope, id, etaMinutes) => witnessed(scope, desk.accept(scope, id, etaMinutes)),
    decline: (scope, id) => witnessed(scope, desk.decline(scope, id)),
    takeOver: (scope, id, etaMinutes) => witnessed(scope, desk.takeOver(scope, id, etaMinutes)),
    giveBack: (scope, id) => witnessed(scope, desk.giveBack(scope, id)),
    wantHelp: (scope, id) => witnessed(scope, desk.wantHelp(scope, id)),
    arrive: (scope, id) => witnessed(scope, desk.arrive(scope, id)),
    resolve: (scope, id, outcome, note) => witnessed(scope, desk.resolve(scope, id, outcome, note)),
    comment: (scope, id, text) => witnessed(scope, desk.comment(scope, id, text)),
    seen: desk.seen,
  };
}

/** Each municipality whose alerts are in a list; one's own also when there are none. */
function municipalitiesOf(scope: Scope, items: readonly AlertView[]): ReadonlySet<string> {
  return new Set([scope.municipalityId, ...items.map(({ municipality }) => municipality.id)]);
}

function createDisclose(accessLog: AccessLog, clock: () => number) {
  return (
    scope: Scope,
    action: Disclosure['action'],
    subjectId: string | null = null,
    municipalityId = scope.municipalityId,
  ) => accessLog.write(scope, { action, subjectId, municipalityId, at: clock() });
}
