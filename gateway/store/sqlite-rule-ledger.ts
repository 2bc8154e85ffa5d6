import type { HomeOverride, KeptOverride, RulesInForce, RuleVersion } from '../domain/rulebook.ts';
import type { Override } from '../protocol/rule/override.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Which rules hold, kept in the database and at hand. */
export interface RuleLedger {
  inForce: (municipalityIds: readonly string[]) => ReadonlyMap<string, RulesInForce>;
  addVersions: (versions: readonly RuleVersion[]) => void;
  addOverride: (override: HomeOverride) => void;
  /** What was read in a transaction that failed is not so. */
  forget: () => void;
}

/** `isStale` answers, and resets, whether another process has written since the last call. */
export function sqliteRuleLedger(connection: SqliteConnection, isStale: () => boolean): RuleLedger {
  const atHand = new Map<string, RulesInForce>();
  /** Those at hand that another process may have changed. */
  const doubtful = new Set<string>();
  /** Versions never change, so each is one object for as long as the store is open. */
  const versionsAtHand = new Map<string, RuleVersion>();

  function stampOf(municipalityId: string): number {
    const row = connection
      .prepare('select stamp from rule_stamp where municipality_id = ?')
      .get(municipalityId);
    return Number(row?.['stamp'] ?? 0);
  }

  function keepVersion(row: Row): RuleVersion {
    const key = JSON.stringify([row['municipality_id'], row['rule_id'], row['version']]);
    const version = versionsAtHand.get(key) ?? versionOf(row);
    versionsAtHand.set(key, version);
    return version;
  }

  function inForce(municipalityId: string): RulesInForce {
    const known = atHand.get(municipalityId);
    const isDoubtful = doubtful.delete(municipalityId);
    if (known !== undefined && !(isDoubtful && stampOf(municipalityId) !== known.stamp))
      return known;
    const rules = read(municipalityId);
    atHand.set(municipalityId, rules);
    return rules;
  }

  function read(municipalityId: string): RulesInForce {
    return {
      stamp: stampOf(municipalityId),
      versions: connection
        .prepare('select * from rule_version where municipality_id = ? order by rule_id, version')
        .all(municipalityId)
        .map(keepVersion),
      overrides: connection
        .prepare(
          `select * from rule_override where seq in (
             select max(seq) from rule_override where municipality_id = ? group by home_id, rule_id
           ) order by home_id, rule_id`,
        )
        .all(municipalityId)
        .map(overrideOf),
    };
  }

  /** From now on other rules hold; every home they hold in is looked at, so that its silences are judged anew. */
  function changed({ municipalityId, homeId = null, at }: Change): void {
    connection
      .prepare(
        `insert into rule_stamp(municipality_id, stamp) values (?, 1)
         on conflict (municipality_id) do update set stamp = stamp + 1`,
      )
      .run(municipalityId);
    connection
      .prepare(
        `insert into home_state(home_id, municipality_id, state, due_at)
         select id, municipality_id, '{"waits":[],"silences":{},"traces":{}}', :at from home
         where municipality_id = :municipality and (:home is null or id = :home)
           and (exists (select 1 from home_state where home_id = home.id)
             or exists (select 1 from binding where home_id = home.id and until_at is null))
         on conflict (home_id) do update set due_at = excluded.due_at
           where due_at is null or due_at > excluded.due_at`,
      )
      .run({ municipality: municipalityId, home: homeId, at });
    atHand.delete(municipalityId);
  }

  return {
    inForce: (municipalityIds) => {
      if (isStale()) for (const id of atHand.keys()) doubtful.add(id);
      return new Map(municipalityIds.map((id) => [id, inForce(id)]));
    },
    addVersions: (versions) => {
      const insert = connection.prepare(
        `insert into rule_version(municipality_id, rule_id, version, is_on, source, author_id, at,
           reason, origin) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      for (const { municipalityId, ruleId, version, isOn, source, ...why } of versions) {
        const { authorId, at, reason, origin } = why;
        const on = Number(isOn);
        insert.run(municipalityId, ruleId, version, on, source, authorId, at, reason, origin);
      }
      for (const [municipalityId, own] of Map.groupBy(versions, (one) => one.municipalityId)) {
        changed({ municipalityId, at: Math.max(...own.map(({ at }) => at)) });
      }
    },
    addOverride: ({ municipalityId, homeId, ruleId, override, authorId, at, reason }) => {
      const body = override === null ? null : JSON.stringify(override);
      connection
        .prepare(
          `insert into rule_override(municipality_id, home_id, rule_id, override, author_id, at,
             reason) values (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(municipalityId, homeId, ruleId, body, authorId, at, reason);
      changed({ municipalityId, homeId, at });
    },
    forget: () => {
      atHand.clear();
      versionsAtHand.clear();
    },
  };
}

interface Change {
  municipalityId: string;
  /** Null or left out: all of them. */
  homeId?: string | null;
  at: number;
}

type Row = Record<string, unknown>;

function versionOf(row: Row): RuleVersion {
  return {
    municipalityId: String(row['municipality_id']),
    ruleId: String(row['rule_id']),
    version: Number(row['version']),
    isOn: row['is_on'] === 1,
    source: String(row['source']),
    authorId: textOf(row['author_id']),
    at: Number(row['at']),
    reason: String(row['reason']),
    origin: textOf(row['origin']),
  };
}

function overrideOf(row: Row): KeptOverride {
  const body = textOf(row['override']);
  return {
    municipalityId: String(row['municipality_id']),
    homeId: String(row['home_id']),
    ruleId: String(row['rule_id']),
    override: body === null ? null : (JSON.parse(body) as Override),
    authorId: String(row['author_id']),
    at: Number(row['at']),
    reason: String(row['reason']),
    seq: Number(row['seq']),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
