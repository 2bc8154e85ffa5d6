import type { Store } from '../domain/store.ts';
import type { UnusableRule } from './rulebook.ts';

/** Rules that were found unusable, until somebody changes them. */
export interface UnusableRules {
  note: (rule: UnusableRule) => void;
  current: (store: Pick<Store, 'transaction'>) => Promise<readonly UnusableRule[]>;
}

export function openUnusableRules(): UnusableRules {
  const noted = new Map<string, UnusableRule>();

  return {
    note: (rule) => {
      noted.set(JSON.stringify([rule.municipalityId, rule.ruleId, rule.homeId]), rule);
    },
    current: async (store) => {
      if (noted.size === 0) return [];
      const ids = new Set([...noted.values()].map(({ municipalityId }) => municipalityId));
      const inForce = await store.transaction((ledger) => ledger.rulesInForce([...ids]));
      for (const [key, { municipalityId, ruleId, version, homeId }] of noted) {
        const rules = inForce.get(municipalityId);
        const newest = rules?.versions.filter((one) => one.ruleId === ruleId).at(-1);
        const own = rules?.overrides.find((one) => one.homeId === homeId && one.ruleId === ruleId);
        const isStill =
          homeId === null
            ? newest?.version === version && newest.isOn
            : own?.override != null && newest?.isOn === true;
        if (!isStill) noted.delete(key);
      }
      return [...noted.values()];
    },
  };
}
