import type { Watchdog } from './picture.ts';

/** Rules that hold and cannot be used, or not with a home's own values. */
export function watchRules(): Watchdog {
  const since = new Map<string, number>();
  return {
    ids: ['rule-unusable'],
    look: ({ at, unusableRules }) => {
      const wrong = new Map(
        unusableRules.map(({ municipalityId, ruleId }) => [
          JSON.stringify([municipalityId, ruleId]),
          { municipalityId, ruleId },
        ]),
      );
      for (const key of since.keys()) if (!wrong.has(key)) since.delete(key);
      return [...wrong].map(([key, { municipalityId, ruleId }]) => {
        since.set(key, since.get(key) ?? at);
        return {
          municipalityId,
          need: `rule-unusable/${ruleId}`,
          rule: {
            id: 'rule-unusable' as const,
            title: {
              sv: `Regeln ${ruleId} kan inte användas`,
              en: `The rule ${ruleId} cannot be used`,
            },
            action: {
              sv: 'En äldre version gäller, eller regeln utan hemmets egna värden. Rätta den under Regler.',
              en: 'An older version holds, or the rule without the home’s own values. Mend it under Rules.',
            },
          },
          unitId: null,
          since: since.get(key) ?? at,
        };
      });
    },
  };
}
