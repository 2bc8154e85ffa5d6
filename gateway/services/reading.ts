import type { AccessLog, Disclosure } from '../domain/access-log.ts';
import type { AlertDesk } from '../domain/desk.ts';
import type { Overview } from '../domain/overview.ts';
import type { Reading } from '../domain/reading.ts';
import type { Scope } from '../domain/scope.ts';

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
      const page = await overview.alerts(scope, query);
      await disclose(scope, 'alerts', query.homeId ?? null);
      return page;
    },
    alert: async (scope, id) => {
      const alert = await overview.alert(scope, id);
      if (alert !== null) await disclose(scope, 'alert', id);
      return alert;
    },
    homes: async (scope, query) => {
      const page = await overview.homes(scope, query);
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
      const changes =
        cursor === null ? [] : isKnown ? await overview.changesAfter(scope, cursor, limit) : null;
      await disclose(scope, 'stream');
      return { seq: Math.max(lastSeq, changes?.at(-1)?.seq ?? 0), changes };
    },
  };
}

/** The desk, whose every answer shows an alert and is therefore a disclosure too. */
export function createWitnessedDesk(
  desk: AlertDesk,
  { accessLog, clock }: Pick<ReadingDependencies, 'accessLog' | 'clock'>,
): AlertDesk {
  const disclose = createDisclose(accessLog, clock);

  return {
    accept: async (scope, id, etaMinutes) => {
      const alert = await desk.accept(scope, id, etaMinutes);
      await disclose(scope, 'alert', id);
      return alert;
    },
    arrive: async (scope, id) => {
      const alert = await desk.arrive(scope, id);
      await disclose(scope, 'alert', id);
      return alert;
    },
    resolve: async (scope, id, outcome, note) => {
      const alert = await desk.resolve(scope, id, outcome, note);
      await disclose(scope, 'alert', id);
      return alert;
    },
    comment: async (scope, id, text) => {
      const alert = await desk.comment(scope, id, text);
      await disclose(scope, 'alert', id);
      return alert;
    },
    seen: desk.seen,
  };
}

function createDisclose(accessLog: AccessLog, clock: () => number) {
  return (scope: Scope, action: Disclosure['action'], subjectId: string | null = null) =>
    accessLog.write(scope, { action, subjectId, at: clock() });
}
