import { useMemo } from 'react';

import { fetchHomes } from '../api/home-api.ts';
import { fetchUnits } from '../api/plan-api.ts';
import { fetchRules } from '../api/rule-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { useSpeech } from '../text/language-context.tsx';
import type { MatchNames } from './hold-words.ts';

const refreshMs = 300_000;

/** What rules, homes and units are called; what one may not read is told by its id. */
export function useMatchNames(): MatchNames {
  const { say } = useSpeech();
  const rules = useFetched(fetchRules, 0, refreshMs).data;
  const homes = useFetched(fetchHomes, 0, refreshMs).data;
  const units = useFetched(fetchUnits, 0, refreshMs).data;
  return useMemo(
    () => ({
      rules: (rules ?? []).map(({ id, title }) => ({ id, name: say(title) })),
      homes: (homes ?? []).map(({ id, label }) => ({ id, name: label })),
      units: (units?.items ?? []).map(({ id, name }) => ({ id, name })),
    }),
    [rules, homes, units, say],
  );
}
