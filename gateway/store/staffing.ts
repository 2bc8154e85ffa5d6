import type { Kysely } from 'kysely';

import type { DocumentVersion, Staffing } from '../domain/duty/staffing.ts';
import { AppError } from '../domain/errors.ts';
import type { Roster } from '../protocol/duty/roster.ts';
import type { Documents } from './arrangement-document.ts';
import type { ArrangementsAtHand } from './sqlite-arrangements.ts';
import { createEndpoints } from './staffing-endpoint.ts';
import { createHolds } from './staffing-hold.ts';
import { createUnits, requireUnit } from './staffing-unit.ts';
import type { Tables } from './tables.ts';

/** `renamed` is called after names that others remember may have changed. */
export function createStaffing(
  { reader, writer }: { reader: Kysely<Tables>; writer: Kysely<Tables> },
  {
    arrangements,
    documents,
    renamed,
  }: { arrangements: ArrangementsAtHand; documents: Documents; renamed: () => void },
): Staffing {
  return {
    arrangements: async () => arrangements.now(),
    ...createUnits(writer, renamed),
    ...createHolds(writer),
    ...createEndpoints({ reader, writer }, renamed),
    document: async (municipalityId, kind, subjectId) =>
      documents.latest(municipalityId, kind, subjectId),
    addDocument: (version) => writer.transaction().execute((trx) => addDocument(trx, version)),
    rosters: async (unitIds) => {
      const units = await reader
        .selectFrom('unit')
        .select(['id', 'municipality_id'])
        .where('id', 'in', unitIds)
        .execute();
      const found = new Map<string, Roster>();
      for (const { id, municipality_id } of units) {
        const roster = documents.latest(municipality_id, 'roster', id);
        if (roster !== null) found.set(id, roster.document);
      }
      return found;
    },
    homes: async (municipalityId) => {
      const rows = await reader
        .selectFrom('home')
        .select(['id', 'label', 'unit_id'])
        .where('municipality_id', '=', municipalityId)
        .orderBy('label')
        .orderBy('id')
        .execute();
      return rows.map(({ id, label, unit_id }) => ({ id, label, unitId: unit_id }));
    },
    people: (municipalityId) =>
      reader
        .selectFrom('person')
        .select(['id', 'name', 'email', 'role'])
        .where('municipality_id', '=', municipalityId)
        .orderBy('name')
        .orderBy('id')
        .execute(),
  };
}

export async function addDocument(trx: Kysely<Tables>, given: DocumentVersion): Promise<void> {
  const { municipalityId, kind, subjectId, version, document, authorId, at, reason } = given;
  if (kind === 'roster' || kind === 'unit') await requireUnit(trx, subjectId, municipalityId);
  const { latest } = await trx
    .selectFrom('arrangement')
    .select((eb) => eb.fn.max('version').as('latest'))
    .where('municipality_id', '=', municipalityId)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .executeTakeFirstOrThrow();
  if (version !== (latest ?? 0) + 1) {
    throw new AppError(
      'conflict',
      'Somebody else has changed this meanwhile: look at it as it is now, and change that.',
    );
  }
  await trx
    .insertInto('arrangement')
    .values({
      municipality_id: municipalityId,
      kind,
      subject_id: subjectId,
      version,
      body: JSON.stringify(document),
      author_id: authorId,
      at,
      reason,
    })
    .execute();
}
