import type { z } from 'zod';

import type { DocumentKind, DocumentVersion } from '../domain/duty/staffing.ts';
import { Plan } from '../protocol/duty/plan.ts';
import { PolicySet } from '../protocol/duty/policy.ts';
import { Roster } from '../protocol/duty/roster.ts';
import { UnitInput } from '../protocol/duty/unit.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

const schemas: { [K in DocumentKind]: z.ZodType<DocumentVersion<K>['document']> } = {
  plan: Plan,
  policies: PolicySet,
  roster: Roster,
  unit: UnitInput,
};

/** Plans, sets of policies, units and rosters as they were written, each read once. */
export interface Documents {
  /**
   * The latest. What a newer release wrote and this one cannot read is passed over, but its version counts, so that the
   * next one can follow it.
   */
  latest: <K extends DocumentKind>(
    municipalityId: string,
    kind: K,
    subjectId: string,
  ) => DocumentVersion<K> | null;
  /** What was read in a transaction that failed was never written. */
  forget: () => void;
}

/** By municipality, kind and subject; null where none can be read. */
type AtHand<K extends DocumentKind> = Map<
  string,
  { newest: number; latest: DocumentVersion<K> | null }
>;

export function sqliteDocuments(connection: SqliteConnection): Documents {
  const newestOf = connection.prepare(
    `select max(version) as version from arrangement
     where municipality_id = ? and kind = ? and subject_id = ?`,
  );
  const before = connection.prepare(
    `select * from arrangement where municipality_id = ? and kind = ? and subject_id = ? and version < ?
     order by version desc limit 1`,
  );
  const atHand: { [K in DocumentKind]: AtHand<K> } = {
    plan: new Map(),
    policies: new Map(),
    roster: new Map(),
    unit: new Map(),
  };

  return {
    latest: (municipalityId, kind, subjectId) => {
      const of = [municipalityId, kind, subjectId] as const;
      const newest = newestOf.get(...of)?.['version'];
      if (typeof newest !== 'number') return null;
      const key = JSON.stringify(of);
      const known = atHand[kind].get(key);
      if (known?.newest === newest) return known.latest;
      let row = before.get(...of, newest + 1);
      let document = readDocument(kind, row);
      while (row !== undefined && document === null) {
        row = before.get(...of, Number(row['version']));
        document = readDocument(kind, row);
      }
      const latest =
        row === undefined || document === null
          ? null
          : {
              municipalityId,
              kind,
              subjectId,
              version: newest,
              document,
              authorId: String(row['author_id']),
              at: Number(row['at']),
              reason: String(row['reason']),
            };
      atHand[kind].set(key, { newest, latest });
      return latest;
    },
    forget: () => {
      for (const each of Object.values(atHand)) each.clear();
    },
  };
}

function readDocument<K extends DocumentKind>(
  kind: K,
  row: Record<string, unknown> | undefined,
): DocumentVersion<K>['document'] | null {
  if (row === undefined) return null;
  return schemas[kind].safeParse(readJson(String(row['body']))).data ?? null;
}

/** Undefined, which no schema takes, for what is not JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
