import { Kysely } from 'kysely';

import type { Ledger } from '../domain/ledger.ts';
import { type SqliteConnection, sqliteDialect } from './sqlite-connection.ts';
import { removeEndpoint } from './staffing-endpoint.ts';
import { addDuty, addHold, endDuty, endHold } from './staffing-hold.ts';
import { addUnit, changeUnit } from './staffing-unit.ts';
import { addDocument } from './staffing.ts';
import type { Tables } from './tables.ts';

/** What people arrange, written within the transaction that is open on the connection. */
export interface StaffingLedger {
  arrange: Ledger['arrange'];
  /** To be called after the commit: what others remember of names may be other now. */
  committed: () => void;
}

export function staffingLedger(connection: SqliteConnection, renamed: () => void): StaffingLedger {
  // The turn is the transaction's already.
  const within = { ...connection, acquire: async () => () => {} };
  const db = new Kysely<Tables>({ dialect: sqliteDialect(within) });
  let isRenamed = false;

  return {
    arrange: {
      addDocument: (version) => addDocument(db, version),
      addUnit: async (unit, at) => {
        await addUnit(db, unit, at);
        isRenamed = true;
      },
      changeUnit: async (unit) => {
        await changeUnit(db, unit);
        isRenamed = true;
      },
      addDuty: (duty) => addDuty(db, duty),
      endDuty: (id, at) => endDuty(db, id, at),
      addHold: (hold) => addHold(db, hold),
      endHold: (id, at, byId) => endHold(db, id, at, byId),
      removeEndpoint: async (id) => {
        await removeEndpoint(db, id);
        isRenamed = true;
      },
    },
    committed: () => {
      if (isRenamed) renamed();
      isRenamed = false;
    },
  };
}
