import { AppError } from '../domain/errors.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { RuleEditor } from '../domain/rule-desk.ts';
import type { HomeOverride, RulesInForce, RuleVersion } from '../domain/rulebook.ts';
import { permissions } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { Rule } from '../protocol/rule/rule.ts';
import { readVersion } from './read-version.ts';

/** How many rules a municipality may have; far more than anybody can answer for. */
const rulesAtMost = 500;

export interface RuleOfficeOptions {
  store: Store;
  clock: () => number;
  newId: () => string;
  /** Told of each change once it is committed; ids only. */
  changed: (change: RuleChange) => void;
}

export interface RuleChange {
  municipalityId: string;
  homeId: string | null;
  ruleId: string;
  version: number;
  authorId: string | null;
}

/** The rules of a municipality as they stand, ready to be worked with. */
export interface MunicipalityRules extends Pick<RulesInForce, 'versions'> {
  /** The newest version of each rule, by id; also of those that are off. */
  newest: readonly RuleVersion[];
  /** What homes have of their own now. */
  overrides: readonly HomeOverride[];
  /** Null for what we cannot read. */
  read: (version: RuleVersion) => Rule | null;
  nextVersion: (ruleId: string) => number;
}

/** What the parts of the rule desk share: reading the rules, and changing them. */
export interface RuleOffice extends RuleOfficeOptions {
  rulesOf: (municipalityId: string) => Promise<MunicipalityRules>;
  rulesIn: (ledger: Ledger, municipalityId: string) => Promise<MunicipalityRules>;
  municipalityOf: (id: string) => Promise<{ id: string; name: string; timeZone: string }>;
  /** Puts what the work answers in force in one transaction, each with its line in the log. */
  change: (work: (ledger: Ledger, at: number) => Promise<readonly RuleVersion[]>) => Promise<void>;
}

export function openRuleOffice(options: RuleOfficeOptions): RuleOffice {
  const { store, clock, newId, changed } = options;
  const known = new WeakMap<RuleVersion, Rule | null>();

  function read(version: RuleVersion): Rule | null {
    const before = known.get(version);
    if (before !== undefined) return before;
    const now = readVersion(version);
    known.set(version, now.ok ? now.rule : null);
    return now.ok ? now.rule : null;
  }

  async function rulesIn(ledger: Ledger, municipalityId: string): Promise<MunicipalityRules> {
    const inForce = (await ledger.rulesInForce([municipalityId])).get(municipalityId);
    if (inForce === undefined) throw new Error('The ledger has not answered for a municipality.');
    return prepare(inForce, read);
  }

  async function requireRoom(ledger: Ledger, versions: readonly RuleVersion[]): Promise<void> {
    const added = versions.filter(({ version }) => version === 1);
    for (const [id, own] of Map.groupBy(added, ({ municipalityId }) => municipalityId)) {
      const { newest } = await rulesIn(ledger, id);
      if (newest.length + own.length > rulesAtMost)
        throw new AppError('conflict', `A municipality may have ${rulesAtMost} rules, no more.`);
    }
  }

  return {
    ...options,
    rulesIn,
    rulesOf: (municipalityId) => store.transaction((ledger) => rulesIn(ledger, municipalityId)),
    municipalityOf: async (id) => {
      const found = await store.registry.municipality(id);
      if (found === null) throw new AppError('not-found', `There is no municipality "${id}".`);
      return found;
    },
    change: async (work) => {
      await store.transaction(
        async (ledger) => {
          const at = clock();
          const versions = await work(ledger, at);
          if (versions.length === 0) return [];
          await requireRoom(ledger, versions);
          await ledger.addRuleVersions(versions);
          const changes = versions.map((version) => ({ ...version, homeId: null }));
          await logChanges(ledger, changes, { at, newId });
          return changes;
        },
        (changes) => tell(changes, changed),
      );
    },
  };
}

/** Says in the log of events that from here on other rules hold. */
export async function logChanges(
  ledger: Ledger,
  changes: readonly Omit<RuleChange, 'authorId'>[],
  { at, newId }: { at: number; newId: () => string },
): Promise<void> {
  await ledger.append(
    changes.map(({ municipalityId, homeId, ruleId, version }) => ({
      municipalityId,
      homeId,
      deviceId: null,
      id: newId(),
      type: 'rules.changed',
      at,
      receivedAt: at,
      data: { rule: ruleId, version },
    })),
  );
}

function tell(changes: readonly RuleChange[], changed: RuleOfficeOptions['changed']): void {
  for (const { municipalityId, homeId, ruleId, version, authorId } of changes)
    changed({ municipalityId, homeId, ruleId, version, authorId });
}

/** @throws AppError `forbidden` */
export function requireRight({ role }: RuleEditor, right: 'change' | 'read'): void {
  const { rules } = permissions[role];
  if (rules === 'change' || rules === right) return;
  throw new AppError(
    'forbidden',
    rules === 'none'
      ? 'Your role does not work with rules.'
      : 'Your role may read the rules, and a coordinator change them.',
  );
}

function prepare(
  { versions, overrides }: RulesInForce,
  read: MunicipalityRules['read'],
): MunicipalityRules {
  const byRule = Map.groupBy(versions, ({ ruleId }) => ruleId);
  return {
    versions,
    newest: [...byRule.values()].flatMap((all) => all.at(-1) ?? []),
    overrides: overrides.filter(({ override }) => override !== null),
    read,
    nextVersion: (ruleId) => (byRule.get(ruleId)?.at(-1)?.version ?? 0) + 1,
  };
}
