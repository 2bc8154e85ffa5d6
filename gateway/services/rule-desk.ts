import { isDeepStrictEqual } from 'node:util';

import type { AccessLog } from '../domain/access-log.ts';
import { AppError } from '../domain/errors.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { RuleDesk, RuleEditor } from '../domain/rule-desk.ts';
import type { RuleVersion } from '../domain/rulebook.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import { applyOverride } from '../protocol/rule/override.ts';
import type { RuleDetail, RuleTemplate } from '../protocol/rule/rule-api.ts';
import type { Rule } from '../protocol/rule/rule.ts';
import { checkRules, onlyRuleOf } from './check-rules.ts';
import { type Names, presentAuthor, presentRule, presentVersion } from './present-rule.ts';
import { createRuleExchange } from './rule-exchange.ts';
import { logChanges, openRuleOffice, requireRight, type RuleOfficeOptions } from './rule-office.ts';

export interface RuleDeskOptions extends RuleOfficeOptions {
  templates: () => Promise<readonly RuleTemplate[]>;
}

function rulesIn(templates: readonly RuleTemplate[]): readonly Rule[] {
  return templates.flatMap(({ source }) => checkRules(source, []).rules.map(({ rule }) => rule));
}

export function createRuleDesk(options: RuleDeskOptions): RuleDesk {
  const office = openRuleOffice(options);
  const { store, clock, newId, changed } = office;
  const exchange = createRuleExchange(office);
  let library: readonly Rule[] | null = null;

  async function list({ municipalityId }: RuleEditor) {
    const { newest, overrides, read } = await office.rulesOf(municipalityId);
    const names = await store.directory.people(newest.flatMap(({ authorId }) => authorId ?? []));
    const own = Map.groupBy(overrides, ({ ruleId }) => ruleId);
    const items = newest.map((version) => {
      const count = own.get(version.ruleId)?.length ?? 0;
      return presentRule(version, { rule: read(version), overrides: count, names });
    });
    return { items };
  }

  async function rule({ municipalityId, role }: RuleEditor, id: string): Promise<RuleDetail> {
    const { versions, overrides, read } = await office.rulesOf(municipalityId);
    const history = versions.filter(({ ruleId }) => ruleId === id).toReversed();
    const [newest] = history;
    if (newest === undefined) throw noSuchRule(id);
    const ofRule = overrides.filter(({ ruleId }) => ruleId === id);
    // What a home has of its own, and why, tells how somebody lives.
    const own = permissions[role].residents ? ofRule : [];
    const authors = [...history, ...own].flatMap(({ authorId }) => authorId ?? []);
    const names = await store.directory.people([...new Set(authors)]);
    const files = await store.directory.homes(own.map(({ homeId }) => homeId));
    return {
      ...presentRule(newest, { rule: read(newest), overrides: ofRule.length, names }),
      history: history.map((version) => presentVersion(version, names)),
      homes: own.map(({ homeId, override, authorId, at, reason }) => ({
        home: { id: homeId, label: files.get(homeId)?.label ?? homeId },
        override,
        author: presentAuthor(authorId, names),
        at,
        reason,
      })),
    };
  }

  return {
    list: async (scope) => {
      requireRight(scope, 'read');
      return list(scope);
    },
    rule: async (scope, id) => {
      requireRight(scope, 'read');
      return rule(scope, id);
    },
    check: async (scope, source) => {
      requireRight(scope, 'read');
      const { newest, read } = await office.rulesOf(scope.municipalityId);
      const own = newest.flatMap((version) => read(version) ?? []);
      // What the library has may be named, whether it holds yet or not.
      library ??= rulesIn(await options.templates());
      const others = [...own, ...library.filter(({ id }) => own.every((one) => one.id !== id))];
      const { problems, warnings } = checkRules(source, others);
      return { problems: [...problems], warnings: [...warnings] };
    },
    activate: async (scope, id, { source: given, isOn, reason, basedOn }) => {
      requireRight(scope, 'change');
      const { municipalityId, userId: authorId } = scope;
      const { timeZone } = await office.municipalityOf(municipalityId);
      await office.change(async (ledger, at) => {
        const { newest, nextVersion } = await office.rulesIn(ledger, municipalityId);
        const before = newest.find(({ ruleId }) => ruleId === id);
        if ((before?.version ?? null) !== basedOn)
          throw conflict(before, await namesOf(before), timeZone);
        const isSameText = before?.source.trim() === given.trim();
        // What we cannot read can be turned off all the same.
        const source = isSameText && !isOn ? before.source : sourceOf(id, given);
        if (before?.source.trim() === source.trim() && before.isOn === isOn) return [];
        const version = nextVersion(id);
        const why = { authorId, at, reason, origin: null };
        return [{ municipalityId, ruleId: id, version, isOn, source, ...why }];
      });
      return rule(scope, id);
    },
    override: async (scope, { ruleId, homeId }, { override, reason }) => {
      requireRight(scope, 'change');
      const { municipalityId, userId: authorId } = scope;
      if (authorId === null) throw new AppError('invalid', 'Say who changes it.');
      await requireHome(homeId, scope);
      const set = async (ledger: Ledger) => {
        const { newest, overrides, read } = await office.rulesIn(ledger, municipalityId);
        const current = newest.find((one) => one.ruleId === ruleId);
        if (current === undefined) throw noSuchRule(ruleId);
        const own = overrides.find((one) => one.ruleId === ruleId && one.homeId === homeId);
        if (isDeepStrictEqual(own?.override ?? null, override)) return null;
        if (override !== null) requireFitting(read(current), override);
        const at = clock();
        const change = { municipalityId, homeId, ruleId, authorId };
        await ledger.addHomeOverride({ ...change, override, at, reason });
        const { version } = current;
        await logChanges(ledger, [{ ...change, version }], { at, newId });
        return { ...change, version };
      };
      await store.transaction(set, (change) => {
        if (change !== null) changed(change);
      });
      return rule(scope, ruleId);
    },
    templates: async (scope) => {
      requireRight(scope, 'read');
      return options.templates();
    },
    ...exchange,
    importRules: async (scope, chosen) => {
      await exchange.importRules(scope, chosen);
      return list(scope);
    },
  };

  function namesOf(version: RuleVersion | undefined): Promise<Names> {
    return store.directory.people(version?.authorId == null ? [] : [version.authorId]);
  }

  async function requireHome(homeId: string, scope: RuleEditor): Promise<void> {
    const home = (await store.directory.homes([homeId])).get(homeId)?.context;
    const isInScope =
      home !== undefined &&
      home.municipalityId === scope.municipalityId &&
      (scope.units === 'all' || scope.units.includes(home.unitId));
    if (!isInScope) throw new AppError('not-found', 'There is no such home.');
  }
}

function noSuchRule(id: string): AppError {
  return new AppError('not-found', `There is no rule "${id}".`);
}

function requireFitting(
  rule: Parameters<typeof applyOverride>[0] | null,
  override: Parameters<typeof applyOverride>[1],
): void {
  if (rule === null) throw new AppError('conflict', 'This rule cannot be read: mend it first.');
  const applied = applyOverride(rule, override);
  if (!applied.ok) throw new AppError('invalid', applied.reason);
}

/** @throws AppError `invalid` when the text is not this rule, or cannot be used. */
function sourceOf(id: string, text: string): string {
  const { rule, source } = onlyRuleOf(text);
  if (rule.id === id) return source;
  throw new AppError(
    'invalid',
    `The rule calls itself "${rule.id}": write \`id: ${id}\`, or save it under its own id.`,
  );
}

/** Names who has changed the rule meanwhile, and when. */
function conflict(newest: RuleVersion | undefined, names: Names, timeZone: string): AppError {
  if (newest === undefined)
    return new AppError('conflict', 'There is no such rule to change: save it as a new one.');
  const { authorId, at, version, reason } = newest;
  const time = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
  const who = presentAuthor(authorId, names)?.name ?? 'The system';
  return new AppError(
    'conflict',
    `${who} changed this rule on ${time} (version ${version}: “${reason}”). Look at that first, then change it again.`,
  );
}

/** The desk, which writes down who is shown the homes that have something of their own in a rule. */
export function createWitnessedRuleDesk(
  desk: RuleDesk,
  { accessLog, clock }: { accessLog: AccessLog; clock: () => number },
): RuleDesk {
  async function witness({ userId, ...scope }: RuleEditor, shown: RuleDetail): Promise<RuleDetail> {
    if (shown.homes.length === 0) return shown;
    if (userId === null) throw new Error('Somebody without a name is shown homes.');
    const reader: Scope = { ...scope, userId };
    await accessLog.write(reader, { action: 'rule', subjectId: shown.id, at: clock() });
    return shown;
  }

  return {
    ...desk,
    rule: async (scope, id) => witness(scope, await desk.rule(scope, id)),
    activate: async (scope, id, activation) =>
      witness(scope, await desk.activate(scope, id, activation)),
    override: async (scope, place, change) =>
      witness(scope, await desk.override(scope, place, change)),
  };
}
