import type { Span } from '../domain/history.ts';
import { answerAfter, answerTypes, unanswered } from '../domain/report/answer.ts';
import type {
  AlertFact,
  HomeFact,
  PlacedFact,
  ReportFacts,
  ReportMunicipality,
  ReportSource,
} from '../domain/report/report-source.ts';
import { silenceRules } from '../domain/report/uptime.ts';
import {
  type Read,
  readDuties,
  readPlans,
  readRests,
  readUnits,
  type Row,
} from './report-arrangement.ts';
import { openConnection, type SqliteConnection } from './sqlite-connection.ts';

/** The past of a database file, over a connection of its own that never waits for, nor holds up, whoever writes. */
export function openSqliteReportSource(file: string): { source: ReportSource; close: () => void } {
  const connection = openConnection(file, { readOnly: true });
  return { source: createSqliteReportSource(connection), close: () => connection.close() };
}

/** All of one moment, whatever is written meanwhile. */
export function createSqliteReportSource(connection: SqliteConnection): ReportSource {
  const read: Read = (statement, ...values) => connection.prepare(statement).all(...values);
  return {
    municipality: async (id) => {
      const [row] = read('select id, name, time_zone from municipality where id = ?', id);
      return row === undefined
        ? null
        : { id, name: String(row['name']), timeZone: String(row['time_zone']) };
    },
    facts: async (municipality, span, at) => {
      connection.prepare('begin').run();
      try {
        return readFacts(connection, read, { municipality, span, at });
      } finally {
        connection.prepare('rollback').run();
      }
    },
  };
}

interface Question {
  municipality: ReportMunicipality;
  span: Span;
  at: number;
}

function readFacts(connection: SqliteConnection, read: Read, question: Question): ReportFacts {
  const { municipality, span } = question;
  const of = municipality.id;
  const alerts = readAlerts(connection, question);
  const told = new Set(alerts.map(({ deviceId }) => deviceId));
  const names = read('select id, name from device where municipality_id = ?', of);
  const plans = readPlans(read, of);
  const units = readUnits(read, of, plans);
  return {
    municipality,
    homes: readHomes(read, of, span),
    alerts,
    deviceNames: new Map(
      names
        .filter(({ id }) => told.has(String(id)))
        .map(({ id, name }) => [String(id), String(name)]),
    ),
    silences: readSilences(connection, question),
    rests: readRests(read, of, span),
    units,
    duties: readDuties(read, units, span),
    plans,
  };
}

/** Its homes' own, and nobody's else: a unit may answer for homes of others, which are theirs to follow up. */
const ownAlerts = `alert.municipality_id = :of and alert.home_id in
  (select id from home where municipality_id = :of)`;

function readAlerts(connection: SqliteConnection, { municipality, span }: Question): AlertFact[] {
  const rows = connection
    .prepare(
      `select id, home_id, device_id, queue, severity, raised_at, need,
         body ->> '$.rule.id' as rule_id,
         body ->> '$.rule.title.sv' as title_sv, body ->> '$.rule.title.en' as title_en,
         body ->> '$.resolvedAt' as resolved_at, body ->> '$.outcome' as outcome
       from alert
       where ${ownAlerts} and raised_at >= :from and raised_at < :to order by raised_at, id`,
    )
    .iterate({ of: municipality.id, from: span.from, to: span.to });
  const events = connection.prepare(
    `select type, at,
       case when type = 'resolved' then body ->> '$.by' end as by,
       case when type in ('raised', 'assigned') then body ->> '$.unitId' end as unitId,
       case when type = 'delivered' then body ->> '$.channel' end as channel,
       case when type = 'assigned' then body ->> '$.reason' end as reason
     from alert_event where alert_id = ? and municipality_id = ?
       and type in (${answerTypes.map((type) => `'${type}'`).join()}) order by seq`,
  );
  const rules = new Map<string, AlertFact['rule']>();
  const facts: AlertFact[] = [];
  for (const row of rows) {
    const id = String(row['id']);
    let answer = unanswered;
    for (const event of events.all(id, municipality.id)) {
      answer = answerAfter(answer, {
        type: String(event['type']),
        at: Number(event['at']),
        by: textOf(event['by']),
        unitId: textOf(event['unitId']),
        channel: textOf(event['channel']),
        reason: textOf(event['reason']),
      });
    }
    facts.push({
      ...answer,
      id,
      homeId: String(row['home_id']),
      deviceId: textOf(row['device_id']),
      need: String(row['need']),
      rule: sharedRule(rules, {
        id: String(row['rule_id']),
        title: { sv: String(row['title_sv']), en: String(row['title_en']) },
      }),
      severity: row['severity'] as AlertFact['severity'],
      queue: row['queue'] as AlertFact['queue'],
      raisedAt: Number(row['raised_at']),
      resolvedAt: numberOf(row['resolved_at']),
      outcome: row['outcome'] as AlertFact['outcome'],
    });
  }
  return facts;
}

/** A hundred thousand alerts have a few rules. */
function sharedRule(
  rules: Map<string, AlertFact['rule']>,
  { id, title }: AlertFact['rule'],
): AlertFact['rule'] {
  const known = rules.get(id);
  if (known?.title.sv === title.sv && known.title.en === title.en) return known;
  const rule = { id, title };
  rules.set(id, rule);
  return rule;
}

function readSilences(connection: SqliteConnection, { municipality, span, at }: Question) {
  const rows = connection
    .prepare(
      `select device_id, body ->> '$.since' as since, body ->> '$.clearedAt' as cleared,
         body ->> '$.resolvedAt' as resolved
       from alert where ${ownAlerts} and device_id is not null and raised_at < :to
         and body ->> '$.rule.id' in (${silenceRules.map((rule) => `'${rule}'`).join()})`,
    )
    .iterate({ of: municipality.id, to: span.to });
  const heard = connection.prepare(
    `select min(at) as at from event where device_id = ? and municipality_id = ? and at > ?
       and type not in ('device.disconnected', 'reach.lost')`,
  );
  // Whoever resolves an alert does not mend the device: it is silent until it says something.
  const endOf = (row: Row): number | null => {
    const [cleared, resolved] = [numberOf(row['cleared']), numberOf(row['resolved'])];
    if (cleared !== null || resolved === null) return cleared;
    return numberOf(heard.get(String(row['device_id']), municipality.id, resolved)?.['at']);
  };
  const silences: ReportFacts['silences'][number][] = [];
  for (const row of rows) {
    const from = Number(row['since']);
    const to = endOf(row) ?? at;
    if (to > span.from) silences.push({ deviceId: String(row['device_id']), from, to });
  }
  return silences;
}

function readHomes(read: Read, of: string, { to }: Span): HomeFact[] {
  const placed = Map.groupBy(
    read(
      `select home_id, device_id, profile, from_at, until_at, decommissioned_at
       from binding join device on device.id = binding.device_id
       where binding.municipality_id = ? and from_at < ? order by from_at`,
      of,
      to,
    ),
    (row) => row['home_id'],
  );
  const homes = read(
    `select home.id, label, unit_id, time_zone, created_at,
       (select count(*) from resident where home_id = home.id and cohabitant = 0) as residents
     from home where municipality_id = ? order by home.id`,
    of,
  );
  return homes.map((row) => ({
    id: String(row['id']),
    label: String(row['label']),
    unitId: String(row['unit_id']),
    timeZone: String(row['time_zone']),
    createdAt: Number(row['created_at']),
    residents: Number(row['residents']),
    placed: (placed.get(row['id']) ?? []).map(placedOf),
  }));
}

function placedOf(row: Row): PlacedFact {
  const ends = [row['until_at'], row['decommissioned_at']]
    .map(numberOf)
    .filter((end) => end !== null);
  return {
    deviceId: String(row['device_id']),
    kind: String(row['profile']),
    from: Number(row['from_at']),
    until: ends.length === 0 ? null : Math.min(...ends),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
