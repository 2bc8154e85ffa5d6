import { setTimeout as pass } from 'node:timers/promises';

import type { Insertable, Kysely } from 'kysely';

import type { AccessLog } from '../domain/access-log.ts';
import type { Tables } from './tables.ts';

type Row = Insertable<Tables['access_log']>;

/** How long a disclosure waits for others, to share a commit with them. */
const gatherMs = 3;

/** Writes what many disclose at about the same time as one commit; each is told when its own row is durable. */
export function createAccessLog(writer: Kysely<Tables>): AccessLog {
  let gathering: { rows: Row[]; written: Promise<void> } | null = null;

  function gather(): { rows: Row[]; written: Promise<void> } {
    const rows: Row[] = [];
    return { rows, written: writeLater(rows) };
  }

  async function writeLater(rows: readonly Row[]): Promise<void> {
    const close = () => {
      if (gathering?.rows === rows) gathering = null;
    };
    await pass(gatherMs);
    try {
      await writer.transaction().execute(async (trx) => {
        // Only now that it is our turn: whoever came while others wrote has joined.
        close();
        for (const row of rows) await trx.insertInto('access_log').values(row).execute();
      });
    } finally {
      close();
    }
  }

  return {
    write: async (scope, { action, subjectId, municipalityId, at }) => {
      gathering ??= gather();
      const who = {
        municipality_id: municipalityId ?? scope.municipalityId,
        person_id: scope.userId,
      };
      gathering.rows.push({ ...who, action, subject_id: subjectId, at });
      await gathering.written;
    },
  };
}
