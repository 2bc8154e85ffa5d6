import type { HomeView } from '../../gateway/protocol/api.ts';
import type { EndpointView } from '../../gateway/protocol/duty/endpoint.ts';
import type { UnitList, UnitView } from '../../gateway/protocol/duty/unit.ts';

export interface Named {
  id: string;
  name: string;
}

/** What things are called here; an id that nobody knows is its own name. */
export interface Names {
  units: readonly Named[];
  homes: readonly (Named & { unitId: string })[];
  people: readonly Named[];
  endpoints: readonly Named[];
}

export function namesOf(
  units: UnitList | null,
  homes: readonly HomeView[] | null,
  endpoints: readonly EndpointView[] | null,
): Names {
  return {
    units: (units?.items ?? []).map(({ id, name }) => ({ id, name })),
    homes: (homes ?? []).map(({ id, label, unit }) => ({ id, name: label, unitId: unit.id })),
    people: peopleOf(units),
    endpoints: (endpoints ?? []).map(({ id, name }) => ({ id, name })),
  };
}

/** All of the municipality whom one may name, each once. */
function peopleOf(units: UnitList | null): Named[] {
  const members = (units?.items ?? []).flatMap((unit: UnitView) => unit.members);
  const known = new Map([...members, ...(units?.people ?? [])].map(({ id, name }) => [id, name]));
  return [...known]
    .map(([id, name]) => ({ id, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

export function nameIn(those: readonly Named[], id: string): string {
  return those.find((one) => one.id === id)?.name ?? id;
}
