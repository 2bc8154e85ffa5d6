import { Kysely } from 'kysely';

import type { Store } from '../domain/store.ts';
import { createAccessLog } from './access-log.ts';
import { createAccounts } from './accounts.ts';
import { createAlertOverview } from './alert-overview.ts';
import { sqliteDocuments } from './arrangement-document.ts';
import { createCredentials } from './credentials.ts';
import { createDeviceOverview } from './device-overview.ts';
import { createTraceOf } from './device-trace.ts';
import { createDirectory } from './directory.ts';
import { createEquipmentRegister } from './equipment-search.ts';
import { equipmentLedger } from './equipment.ts';
import { createFleetStore } from './fleet.ts';
import { createHistorySight } from './history-sight.ts';
import { createHomeOverview } from './home-overview.ts';
import { createHubs } from './hubs.ts';
import { createInstallations } from './installations.ts';
import { migrate } from './migrate.ts';
import { createOutbox } from './outbox.ts';
import { createProvisioning } from './provisioning.ts';
import { createPulse } from './pulse.ts';
import { createRegistry } from './registry.ts';
import { createSamples } from './samples.ts';
import { createSight } from './sight.ts';
import { createSigningKeys } from './signing-keys.ts';
import { sqliteArrangements } from './sqlite-arrangements.ts';
import { openConnection, type SqliteConnection, sqliteDialect } from './sqlite-connection.ts';
import { readDeviceStatuses } from './sqlite-device-status.ts';
import { createSqliteHistory } from './sqlite-history.ts';
import { sqliteHomeLedger } from './sqlite-home-ledger.ts';
import { sqliteHubLedger, sqliteMemories } from './sqlite-hub-ledger.ts';
import { sqliteLedger } from './sqlite-ledger.ts';
import { sqliteRuleLedger } from './sqlite-rule-ledger.ts';
import { createUsage } from './sqlite-usage.ts';
import { staffingLedger } from './staffing-ledger.ts';
import { createStaffing } from './staffing.ts';
import { giveMissingRules } from './standard-rule.ts';
import type { Tables } from './tables.ts';
import { readStandardRules } from './template-file.ts';

/**
 * The embedded store: one file, write-ahead log, synchronous FULL, so that what is committed survives a power cut.
 * People read over a connection of their own and never see into an open transaction. They are not spared every wait:
 * both connections work on this thread, and what is disclosed is answered once its row of the access log is committed.
 */
export async function openSqliteStore(file: string): Promise<Store> {
  const writing = openConnection(file, { readOnly: false });
  const writer = new Kysely<Tables>({ dialect: sqliteDialect(writing) });
  await migrate(writer);
  await giveMissingRules(writer, standardRules);
  const reading = openConnection(file, { readOnly: true });
  const reader = new Kysely<Tables>({ dialect: sqliteDialect(reading) });
  const directory = createDirectory(reader, watchForeignWrites(writing));
  const homes = sqliteHomeLedger(writing, watchForeignWrites(writing));
  const rules = sqliteRuleLedger(writing, watchForeignWrites(writing));
  const arrangements = sqliteArrangements(writing, sqliteDocuments(writing));
  const { arrange, ...afterwards } = staffingLedger(writing, directory.forget);
  let isDirectoryStale = false;
  const hubs = sqliteHubLedger(writing, () => {
    isDirectoryStale = true;
  });
  const { equipment, committed: equipped } = equipmentLedger(writing, directory.forget);
  const ledger = sqliteLedger(writing, {
    homes,
    rules,
    arrangements,
    arrange,
    hubs,
    equipment,
  });
  const documents = sqliteDocuments(reading);
  const undone = () => {
    homes.forget();
    rules.forget();
    arrangements.forget();
  };

  return {
    transaction: (work, told = () => {}) =>
      inTransaction(writing, () => work(ledger), {
        committed: (result) => {
          afterwards.committed();
          equipped();
          if (isDirectoryStale) directory.forget();
          isDirectoryStale = false;
          told(result);
        },
        undone,
      }),
    directory,
    overview: {
      ...createAlertOverview(reader, directory),
      ...createHomeOverview(reader, directory),
      ...createDeviceOverview(reader),
    },
    accounts: createAccounts(reader, writer),
    accessLog: createAccessLog(writer),
    history: createSqliteHistory(reading, reader),
    historySight: createHistorySight(reader),
    hubs: createHubs(reader),
    signingKeys: createSigningKeys(reader, writer),
    credentials: createCredentials({ reader, writer }, directory.forget),
    provisioning: createProvisioning({ reader, writer }, directory.forget),
    registry: createRegistry(writer, {
      readStandardRules: standardRules,
      changed: () => {
        directory.forget();
        rules.forget();
      },
    }),
    staffing: createStaffing(
      { reader, writer },
      {
        arrangements: sqliteArrangements(reading, documents),
        documents,
        renamed: directory.forget,
      },
    ),
    equipment: {
      ...createEquipmentRegister(reader),
      installations: createInstallations(reader).installations,
      trace: createTraceOf(reader),
    },
    outbox: createOutbox(reader, writer),
    pulse: createPulse(reader, writer),
    memories: sqliteMemories(reading),
    sight: createSight(reader),
    samples: createSamples(reader, writer),
    fleet: createFleetStore(reader, {
      stamp: directory.stamp,
      statuses: (municipalityId) => readDeviceStatuses(reading, municipalityId),
    }),
    usage: createUsage({ reader, writer }),
    check: () =>
      writing.exclusive(async () => {
        writing.prepare('begin immediate').run();
        writing.prepare('rollback').run();
      }),
    close: () =>
      writing.exclusive(async () => {
        reading.close();
        writing.close();
      }),
  };
}

let standard: ReturnType<typeof readStandardRules> | null = null;

/** They come with the release, so one reading serves every store of the process. */
function standardRules(): ReturnType<typeof readStandardRules> {
  standard ??= readStandardRules();
  return standard;
}

/** SQLite counts the commits of other connections only, so our own writes do not make us forget. */
function watchForeignWrites(connection: SqliteConnection): () => boolean {
  const version = () => connection.prepare('pragma data_version').get()?.['data_version'];
  let known = version();
  return () => {
    const now = version();
    if (now === known) return false;
    known = now;
    return true;
  };
}

async function inTransaction<T>(
  connection: SqliteConnection,
  work: () => Promise<T>,
  { committed, undone }: { committed: (result: T) => void; undone: () => void },
): Promise<T> {
  return connection.exclusive(async () => {
    connection.prepare('begin immediate').run();
    let result: T;
    try {
      result = await work();
      connection.prepare('commit').run();
    } catch (error) {
      undone();
      if (connection.isInTransaction()) connection.prepare('rollback').run();
      throw error;
    }
    committed(result);
    return result;
  });
}
