import { randomUUID } from 'node:crypto';

import { Registry } from 'prom-client';

import type { Alert } from '../../../gateway/domain/alert/alert.ts';
import { openBook } from '../../../gateway/domain/alert/book.ts';
import type { UnitFile } from '../../../gateway/domain/duty/arrangement.ts';
import type { TermsFor } from '../../../gateway/domain/duty/terms.ts';
import type { Raise } from '../../../gateway/domain/home/call.ts';
import type { CommittedChange } from '../../../gateway/domain/hub.ts';
import type { Scope } from '../../../gateway/domain/scope.ts';
import { createArranging } from '../../../gateway/services/arranging.ts';
import { createHub } from '../../../gateway/services/hub.ts';
import { createMetrics } from '../../../gateway/services/metrics.ts';
import { liveWith, record } from '../../../gateway/services/record.ts';
import { addUser, furnish, scopeOf } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';
import { createTestClock, termsFor as realTerms } from './core.ts';

export const cilla: Scope = scopeOf({ userId: 'cilla', role: 'coordinator' });
export const adam: Scope = scopeOf({ userId: 'adam', role: 'administrator' });
export const tore: Scope = scopeOf({ userId: 'tore', role: 'technician' });
export const astrid: Scope = scopeOf({ userId: 'astrid', units: ['norr-1'] });
export const bengt: Scope = scopeOf({ userId: 'bengt', units: ['norr-2'] });
export const sven: Scope = scopeOf({
  userId: 'sven',
  role: 'coordinator',
  municipalityId: 'syd',
});
export const sara: Scope = scopeOf({ userId: 'sara', municipalityId: 'syd', units: ['syd-1'] });

const scopes = [cilla, adam, tore, astrid, bengt, sven, sara];

/**
 * Two municipalities on a real file, both with a coordinator: norr has home-1 and home-2 of norr-1, home-3 of norr-2;
 * syd has home-4 of syd-1.
 */
export async function openArrangedWorld({ termsFor = realTerms }: { termsFor?: TermsFor } = {}) {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  const clock = createTestClock();
  await furnish(store, {
    norr: { 'norr-1': ['home-1', 'home-2'], 'norr-2': ['home-3'] },
    syd: { 'syd-1': ['home-4'] },
  });
  for (const { userId: id, municipalityId, role, units } of scopes) {
    const own = units === 'all' ? [] : units;
    await addUser(store, { id, municipalityId, role, units: own, name: `${id}s namn` });
  }
  const told: CommittedChange[] = [];
  const logged: [change: object, what: string][] = [];
  const hub = createHub((error) => {
    throw error;
  });
  hub.subscribe((changes) => told.push(...changes));
  const desks = createArranging({
    store,
    hub,
    termsFor,
    metrics: createMetrics(new Registry()),
    clock: clock.now,
    accessLog: store.accessLog,
    newId: randomUUID,
    channels: new Set(['push']),
    changed: (change, what) => logged.push([change, what]),
  });

  async function alert(id: string): Promise<Alert> {
    const found = await store.transaction((ledger) => ledger.alert(id));
    if (found === null) throw new Error(`There is no alert ${id}.`);
    return found;
  }

  return {
    storage,
    store,
    clock,
    told,
    logged,
    ...desks,
    alert,
    /** Raises an alert in a home and answers its id. */
    raise: async (homeId: string, some: Partial<Raise> = {}) => {
      const home = (await store.directory.homes([homeId])).get(homeId)?.context;
      if (home === undefined) throw new Error(`There is no home ${homeId}.`);
      const [first] = await store.transaction(async (ledger) => {
        const terms = await realTerms(ledger);
        const book = openBook(await ledger.liveAlerts([homeId]), terms);
        book.call(home, { ...call(clock.now()), ...some }, clock.now());
        return record(ledger, store.directory, book.changes(), terms);
      });
      return first?.alert.id ?? '';
    },
    /** Lets somebody do something with an alert. */
    command: (id: string, command: Parameters<ReturnType<typeof openBook>['command']>[1]) =>
      store.transaction(async (ledger) => {
        const found = await alertIn(ledger, id);
        const terms = await realTerms(ledger);
        const book = openBook(await liveWith(ledger, [found]), terms);
        book.command(found, command);
        return record(ledger, store.directory, book.changes(), terms);
      }),
    /** `person action subject`, oldest first. */
    accessRows: async () => {
      const rows = await storage.query('select * from access_log order by rowid');
      return rows.map(
        (row) =>
          `${String(row['person_id'])} ${String(row['action'])} ${String(row['municipality_id'])}`,
      );
    },
  };
}

async function alertIn(
  ledger: { alert: (id: string) => Promise<Alert | null> },
  id: string,
): Promise<Alert> {
  const found = await ledger.alert(id);
  if (found === null) throw new Error(`There is no alert ${id}.`);
  return found;
}

export type ArrangedWorld = Awaited<ReturnType<typeof openArrangedWorld>>;

/** A shared patrol of syd, which may answer for homes of norr too. */
export function patrol(some: Partial<UnitFile> = {}): UnitFile {
  return {
    id: 'patrol',
    municipalityId: 'syd',
    name: 'Nattpatrullen',
    kind: 'team',
    duty: 'always',
    endpointId: null,
    serves: ['norr'],
    ...some,
  };
}

function call(at: number): Raise {
  return {
    type: 'raise',
    about: 'activity',
    need: randomUUID(),
    rule: { id: 'door', version: 1, title: { sv: 'Dörr', en: 'Door' }, action: null },
    severity: 'high',
    deviceId: null,
    eventId: null,
    since: at,
    lateMs: null,
    urgent: false,
    worsening: false,
    leavesWhenCleared: false,
    inhibits: [],
  };
}
