import type { Arrangements } from './arrangement.ts';

/** What names a webhook endpoint: alarm centres that are reached there, and policies with a step that asks it. */
export interface EndpointUse {
  units: readonly string[];
  policies: readonly string[];
}

/** By name and title, in the endpoint's own municipality. */
export function usesOf(
  { units, municipalities }: Pick<Arrangements, 'units' | 'municipalities'>,
  endpoint: { id: string; municipalityId: string },
): EndpointUse {
  const policies = municipalities.get(endpoint.municipalityId)?.policies ?? [];
  return {
    units: [...units.values()]
      .filter(({ endpointId }) => endpointId === endpoint.id)
      .map(({ name }) => name),
    policies: policies
      .filter(({ steps }) =>
        steps.some(({ asks }) =>
          asks.some((target) => target.who === 'webhook' && target.endpointId === endpoint.id),
        ),
      )
      .map(({ title }) => title),
  };
}
