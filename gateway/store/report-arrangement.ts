import type { SQLInputValue } from 'node:sqlite';

import type { Span } from '../domain/history.ts';
import type { Dated, DutyFact, RestFact, UnitFact } from '../domain/report/report-source.ts';
import { Matchers } from '../protocol/duty/hold.ts';
import { Plan } from '../protocol/duty/plan.ts';
import { UnitInput } from '../protocol/duty/unit.ts';
import { readJson } from './arrangement-document.ts';

export type Row = Record<string, unknown>;
export type Read = (statement: string, ...values: SQLInputValue[]) => Row[];

/** Pauses and tests of homes that reach into it. */
export function readRests(read: Read, of: string, { from, to }: Span): RestFact[] {
  const rows = read(
    `select home_id, kind, matchers, from_at, min(until_at, coalesce(ended_at, until_at)) as to_at
     from hold where municipality_id = ? and kind in ('pause', 'test') and home_id is not null
       and from_at < ? and until_at > ?`,
    of,
    to,
    from,
  );
  return rows.map((row) => ({
    homeId: String(row['home_id']),
    kind: row['kind'] === 'pause' ? 'pause' : 'test',
    deviceIds:
      Matchers.safeParse(readJson(textOf(row['matchers']) ?? '{}')).data?.deviceIds ?? null,
    from: Number(row['from_at']),
    to: Number(row['to_at']),
  }));
}

/** Own units, those that serve the municipality, and those that a plan of it names. */
export function readUnits(read: Read, of: string, plans: readonly Dated<Plan>[]): UnitFact[] {
  const planned = plans.flatMap(({ document: { lines, exceptions } }) =>
    [...lines, ...exceptions].map(({ unitId }) => unitId),
  );
  const rows = read(
    `select * from unit where municipality_id = ?1
       or id in (select unit_id from unit_service where municipality_id = ?1)
       or id in (select value from json_each(?2))
     order by id`
      .replaceAll(':of', '?1')
      .replaceAll(':planned', '?2'),
    of,
    JSON.stringify(planned),
  );
  return rows.map((row) => {
    const id = String(row['id']);
    const services = read('select municipality_id from unit_service where unit_id = ?', id);
    const versions = read(
      `select at, body from arrangement
       where municipality_id = ? and kind = 'unit' and subject_id = ? order by version`,
      String(row['municipality_id']),
      id,
    );
    return {
      id,
      municipalityId: String(row['municipality_id']),
      name: String(row['name']),
      kind: row['kind'] as UnitFact['kind'],
      duty: row['duty'] as UnitFact['duty'],
      endpointId: textOf(row['endpoint_id']),
      serves: services.map((service) => String(service['municipality_id'])),
      versions: versions.flatMap((version) => datedOf(version, UnitInput)),
    };
  });
}

/** Also of units of others that answer for homes here: who is at work there says nothing of homes elsewhere. */
export function readDuties(read: Read, units: readonly UnitFact[], { from, to }: Span): DutyFact[] {
  const rows = read(
    `select unit_id, person_id, from_at, min(until_at, coalesce(ended_at, until_at)) as to_at
     from duty where from_at < ? and until_at > ? and unit_id in (select value from json_each(?))
     order by from_at, id`,
    to,
    from,
    JSON.stringify(units.map(({ id }) => id)),
  );
  return rows
    .map((row) => ({
      unitId: String(row['unit_id']),
      personId: String(row['person_id']),
      from: Number(row['from_at']),
      to: Number(row['to_at']),
    }))
    .filter((duty) => duty.from < duty.to);
}

/** The plans there have been, oldest first. */
export function readPlans(read: Read, of: string): Dated<Plan>[] {
  return read(
    `select at, body from arrangement where municipality_id = ? and kind = 'plan' order by version`,
    of,
  ).flatMap((row) => datedOf(row, Plan));
}

/** What a newer release wrote and this one cannot read is passed over. */
function datedOf<T>(
  row: Row,
  schema: { safeParse: (body: unknown) => { data?: T | undefined } },
): Dated<T>[] {
  const document = schema.safeParse(readJson(String(row['body']))).data;
  return document === undefined ? [] : [{ at: Number(row['at']), document }];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
