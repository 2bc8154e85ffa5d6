import { useMemo } from 'react';

import { fetchHomes } from '../api/home-api.ts';
import { fetchEndpoints, fetchUnits } from '../api/plan-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { type Names, namesOf } from './names.ts';

const refreshMs = 300_000;

/** What units, homes, people and webhooks are called; empty until it is known. */
export function useNames(): Names {
  const units = useFetched(fetchUnits, 0, refreshMs);
  const homes = useFetched(fetchHomes, 0, refreshMs);
  const endpoints = useFetched(fetchEndpoints, 0, refreshMs);
  return useMemo(
    () => namesOf(units.data, homes.data, endpoints.data),
    [units.data, homes.data, endpoints.data],
  );
}
