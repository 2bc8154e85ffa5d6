import type { RulesOf } from '../domain/backtest/backtest.ts';
import type { RulesInForce } from '../domain/rulebook.ts';
import { createRulebook } from './rulebook.ts';

/** Makes rules ready as the live system would, were these in force; what cannot be used is passed over there too. */
export function rulesOf(inForce: RulesInForce): RulesOf {
  const rulebook = createRulebook({ unusable: () => {} });
  const rulesInForce = async (ids: readonly string[]) =>
    new Map(ids.map((municipalityId) => [municipalityId, inForce]));
  return (homes) => rulebook.of({ rulesInForce }, homes);
}
