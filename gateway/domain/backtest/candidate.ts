import { type ReadRule, readRules } from '../../protocol/rule/read-rule.ts';
import { AppError } from '../errors.ts';
import { compileRules } from '../home/rule-set.ts';
import type { RulesInForce, RuleVersion } from '../rulebook.ts';

/** What holds where nothing was ever put in force. */
export const noRules: RulesInForce = { stamp: 0, versions: [], overrides: [] };

/**
 * Reads candidate rules.
 * @throws AppError `invalid` that names the line, the column and the mend.
 */
export function readCandidates(source: string): readonly ReadRule[] {
  const read = readRules(source);
  if (!read.ok) {
    const lines = read.problems.map(
      ({ line, column, path, message }) => `line ${line}, column ${column}: ${path} ${message}`,
    );
    throw new AppError('invalid', `The rules cannot be used:\n${lines.join('\n')}`);
  }
  compileRules(read.rules.map(({ rule }) => rule));
  return read.rules;
}

/**
 * What would hold if the candidates were activated at `at`: in place of rules of the same id, or alone. What homes have
 * of their own stays in force where it still fits.
 */
export function withCandidates(
  { stamp, versions, overrides }: RulesInForce,
  candidates: readonly ReadRule[],
  { municipalityId, at, alone }: { municipalityId: string; at: number; alone: boolean },
): RulesInForce {
  const latest = new Map<string, number>();
  for (const { ruleId, version } of versions) {
    latest.set(ruleId, Math.max(version, latest.get(ruleId) ?? 0));
  }
  const ids = new Set(candidates.map(({ rule }) => rule.id));
  const added = candidates.map(({ rule, source }): RuleVersion => {
    const version = (latest.get(rule.id) ?? 0) + 1;
    const nobody = { authorId: null, reason: '', origin: null };
    return { municipalityId, ruleId: rule.id, version, isOn: true, source, at, ...nobody };
  });
  const others = versions.filter(({ ruleId }) => !alone && !ids.has(ruleId));
  return { stamp: stamp + 1, versions: [...others, ...added], overrides };
}
