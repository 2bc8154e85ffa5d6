import { AppError } from '../domain/errors.ts';
import type { RuleDesk } from '../domain/rule-desk.ts';
import type { RuleVersion } from '../domain/rulebook.ts';
import type { RuleImportPreview, RulePackage } from '../protocol/rule/rule-api.ts';
import { onlyRuleOf } from './check-rules.ts';
import { type MunicipalityRules, requireRight, type RuleOffice } from './rule-office.ts';
import { createKeyPair, fingerprintOf, signPackage, verifyPackage } from './rule-package.ts';

type Offered = RuleImportPreview['rules'][number];

/** The part of the desk that gives rules to other municipalities, and takes theirs. */
export function createRuleExchange(office: RuleOffice): Pick<
  RuleDesk,
  'exportRules' | 'previewImport'
> & {
  importRules: (...given: Parameters<RuleDesk['importRules']>) => Promise<void>;
} {
  const { store, clock } = office;
  const { signingKeys } = store;

  return {
    exportRules: async (scope, ids) => {
      requireRight(scope, 'change');
      const { municipalityId } = scope;
      const { newest } = await office.rulesOf(municipalityId);
      const wanted = ids ?? newest.filter(({ isOn }) => isOn).map(({ ruleId }) => ruleId);
      const rules = [...new Set(wanted)].map((id) => {
        const found = newest.find(({ ruleId }) => ruleId === id);
        if (found === undefined) throw new AppError('not-found', `There is no rule "${id}".`);
        return { id, version: found.version, source: found.source, origin: found.origin };
      });
      const exportedAt = clock();
      const pair =
        (await signingKeys.own(municipalityId)) ??
        (await signingKeys.keepOwn(municipalityId, createKeyPair(), exportedAt));
      const { id, name } = await office.municipalityOf(municipalityId);
      const content = { format: 'vaka-rules/1' as const, municipality: { id, name }, exportedAt };
      return signPackage({ ...content, rules }, pair);
    },
    previewImport: async (scope, given) => {
      requireRight(scope, 'change');
      verifyPackage(given);
      const { municipality, exportedAt, signature } = given;
      const { publicKey } = signature;
      return {
        municipality,
        exportedAt,
        fingerprint: fingerprintOf(publicKey),
        isKnownKey: await signingKeys.knows(scope.municipalityId, {
          publicKey,
          name: municipality.name,
        }),
        rules: offeredBy(given, await office.rulesOf(scope.municipalityId)),
      };
    },
    importRules: async (scope, { package: given, ids, reason }) => {
      requireRight(scope, 'change');
      verifyPackage(given);
      const { municipalityId, userId: authorId } = scope;
      await office.change(async (ledger, at) => {
        const rules = await office.rulesIn(ledger, municipalityId);
        const offered = offeredBy(given, rules);
        const chosen = [...new Set(ids)].map((id) => {
          const found = offered.find((one) => one.id === id);
          if (found === undefined)
            throw new AppError('invalid', `There is no rule "${id}" in the package.`);
          return found;
        });
        const { name } = given.municipality;
        const why = { authorId, at, reason, origin: name };
        const { publicKey } = given.signature;
        await ledger.rememberKey({ municipalityId, publicKey, name, at });
        return chosen
          .filter(({ change }) => change !== 'same')
          .map(({ id: ruleId, after: source }): RuleVersion => {
            const version = rules.nextVersion(ruleId);
            return { municipalityId, ruleId, version, isOn: true, source, ...why };
          });
      });
    },
  };
}

/** @throws AppError `invalid` when this release cannot use all of it. */
function offeredBy({ rules }: RulePackage, { newest }: MunicipalityRules): Offered[] {
  const seen = new Set<string>();
  return rules.map(({ id, source }) => {
    const { rule, source: after } = readOffered(id, source);
    if (seen.has(id)) throw new AppError('invalid', `"${id}" stands twice in the package.`);
    seen.add(id);
    const current = newest.find(({ ruleId }) => ruleId === id) ?? null;
    const isSame = current?.isOn === true && current.source === after;
    const change = current === null ? 'new' : isSame ? 'same' : 'changed';
    return { id, title: rule.title, change, before: current?.source ?? null, after };
  });
}

function readOffered(id: string, source: string): ReturnType<typeof onlyRuleOf> {
  try {
    const read = onlyRuleOf(source);
    if (read.rule.id === id) return read;
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError('invalid', `"${id}" in the package: ${cause.message}`, { cause });
  }
  throw new AppError('invalid', `"${id}" in the package is another rule than it says.`);
}
