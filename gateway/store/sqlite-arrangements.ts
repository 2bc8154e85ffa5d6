import type {
  Arrangements,
  Duty,
  Hold,
  MunicipalityFile,
  PersonFile,
  UnitFile,
} from '../domain/duty/arrangement.ts';
import { Matchers } from '../protocol/duty/hold.ts';
import { type Documents, readJson } from './arrangement-document.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** All that decides who is asked, kept in the database and at hand. */
export interface ArrangementsAtHand {
  /** As this connection sees it now. */
  now: () => Arrangements;
  /** What was read in a transaction that failed is not so. */
  forget: () => void;
}

export function sqliteArrangements(
  connection: SqliteConnection,
  documents: Documents,
): ArrangementsAtHand {
  let atHand: { stamp: number; arrangements: Arrangements } | null = null;
  const stampNow = () =>
    Number(connection.prepare('select stamp from arrangement_stamp').get()?.['stamp']);

  return {
    now: () => {
      let stamp = stampNow();
      // Another process may write between two of the statements that read.
      while (atHand?.stamp !== stamp) {
        atHand = { stamp, arrangements: readArrangements(connection, documents) };
        stamp = stampNow();
      }
      return atHand.arrangements;
    },
    forget: () => {
      atHand = null;
      documents.forget();
    },
  };
}

type Row = Record<string, unknown>;

/** How long what ended by itself is still listed, counted from the last sweep. */
const afterwardsMs = 86_400_000;

function readArrangements(connection: SqliteConnection, documents: Documents): Arrangements {
  const all = (statement: string, ...values: number[]): Row[] =>
    connection.prepare(statement).all(...values);
  const pulse = connection.prepare('select at from pulse').get()?.['at'];
  const since = typeof pulse === 'number' ? pulse - afterwardsMs : 0;
  return {
    municipalities: byId(
      all('select * from municipality').map((row) => municipalityOf(row, documents)),
    ),
    units: readUnits(all),
    people: readPeople(all),
    duties: all(
      'select * from duty where ended_at is null and until_at > ? order by from_at, id',
      since,
    ).map(dutyOf),
    holds: all(
      'select * from hold where ended_at is null and until_at > ? order by from_at, id',
      since,
    ).flatMap(holdOf),
    endpoints: byId(
      all('select id, municipality_id, name from endpoint where disabled_at is null').map(
        (row) => ({
          id: String(row['id']),
          municipalityId: String(row['municipality_id']),
          name: String(row['name']),
        }),
      ),
    ),
  };
}

function municipalityOf(row: Row, documents: Documents): MunicipalityFile {
  const id = String(row['id']);
  return {
    id,
    name: String(row['name']),
    timeZone: String(row['time_zone']),
    plan: documents.latest(id, 'plan', '')?.document ?? { lines: [], exceptions: [] },
    policies: documents.latest(id, 'policies', '')?.document.policies ?? [],
  };
}

type All = (statement: string) => Row[];

function readUnits(all: All): ReadonlyMap<string, UnitFile> {
  const served = listsBy(all('select * from unit_service order by municipality_id'), 'unit_id');
  return byId(
    all('select * from unit').map((row) => ({
      id: String(row['id']),
      municipalityId: String(row['municipality_id']),
      name: String(row['name']),
      kind: row['kind'] as UnitFile['kind'],
      duty: row['duty'] as UnitFile['duty'],
      endpointId: textOf(row['endpoint_id']),
      serves: (served.get(row['id']) ?? []).map((service) => String(service['municipality_id'])),
    })),
  );
}

function readPeople(all: All): ReadonlyMap<string, PersonFile> {
  const worked = listsBy(all('select * from person_unit order by unit_id'), 'person_id');
  const pushes = new Map(
    all('select person_id, count(*) as browsers from push_subscription group by person_id').map(
      (row) => [row['person_id'], Number(row['browsers'])],
    ),
  );
  return byId(
    all('select id, municipality_id, role, all_units from person').map((row) => {
      const role = row['role'] as PersonFile['role'];
      // Never told from the rows: a carer whose last unit is taken away would be asked in them all.
      const isLimited = role === 'carer' && row['all_units'] === 0;
      return {
        id: String(row['id']),
        municipalityId: String(row['municipality_id']),
        role,
        units: isLimited
          ? (worked.get(row['id']) ?? []).map((unit) => String(unit['unit_id']))
          : 'all',
        pushes: pushes.get(row['id']) ?? 0,
      };
    }),
  );
}

function dutyOf(row: Row): Duty {
  return {
    id: String(row['id']),
    municipalityId: String(row['municipality_id']),
    personId: String(row['person_id']),
    unitId: textOf(row['unit_id']),
    from: Number(row['from_at']),
    until: Number(row['until_at']),
    byId: String(row['by_id']),
  };
}

/** A silence whose matchers cannot be read holds nothing back. */
function holdOf(row: Row): readonly Hold[] {
  const body = textOf(row['matchers']);
  const matchers = body === null ? null : (Matchers.safeParse(readJson(body)).data ?? null);
  if (row['kind'] === 'silence' && matchers === null) return [];
  return [
    {
      id: String(row['id']),
      kind: row['kind'] as Hold['kind'],
      municipalityId: String(row['municipality_id']),
      homeId: textOf(row['home_id']),
      matchers,
      from: Number(row['from_at']),
      until: Number(row['until_at']),
      reason: String(row['reason']),
      byId: String(row['by_id']),
    },
  ];
}

function byId<File extends { id: string }>(files: readonly File[]): ReadonlyMap<string, File> {
  return new Map(files.map((file) => [file.id, file]));
}

function listsBy(rows: readonly Row[], column: string): ReadonlyMap<unknown, readonly Row[]> {
  return Map.groupBy(rows, (row) => row[column]);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
