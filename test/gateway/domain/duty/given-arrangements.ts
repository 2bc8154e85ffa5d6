import {
  type Arrangements,
  type MunicipalityFile,
  noArrangements,
  type PersonFile,
  type UnitFile,
} from '../../../../gateway/domain/duty/arrangement.ts';
import type { Plan } from '../../../../gateway/protocol/duty/plan.ts';
import type { PolicyInput } from '../../../../gateway/protocol/duty/policy.ts';

export const zone = 'Europe/Stockholm';
export const emptyPlan: Plan = { lines: [], exceptions: [] };

export function municipality(id: string, some: Partial<MunicipalityFile> = {}): MunicipalityFile {
  return {
    id,
    name: `${id}s kommun`,
    timeZone: zone,
    plan: emptyPlan,
    policies: [],
    ...some,
  };
}

export function unit(id: string, some: Partial<UnitFile> = {}): UnitFile {
  return {
    id,
    municipalityId: 'norr',
    name: `Lag ${id}`,
    kind: 'team',
    duty: 'always',
    endpointId: null,
    serves: [],
    ...some,
  };
}

export function person(id: string, some: Partial<PersonFile> = {}): PersonFile {
  return { id, municipalityId: 'norr', role: 'carer', units: 'all', pushes: 0, ...some };
}

export interface GivenArrangements {
  plan?: Plan;
  policies?: readonly PolicyInput[];
  units?: readonly UnitFile[];
  people?: readonly PersonFile[];
  duties?: Arrangements['duties'];
  holds?: Arrangements['holds'];
  endpoints?: readonly { id: string; municipalityId: string; name: string }[];
}

/** The municipalities norr and syd, with a carer each who belongs to all of its units. */
export function arrangementsOf(given: GivenArrangements = {}): Arrangements {
  const { plan = emptyPlan, policies = [], units = [unit('day'), unit('night')] } = given;
  const people = given.people ?? [person('astrid'), person('sara', { municipalityId: 'syd' })];
  const byId = <T extends { id: string }>(all: readonly T[]) =>
    new Map(all.map((one) => [one.id, one]));
  return {
    ...noArrangements,
    municipalities: byId([municipality('norr', { plan, policies }), municipality('syd')]),
    units: byId(units),
    people: byId(people),
    duties: given.duties ?? [],
    holds: given.holds ?? [],
    endpoints: byId(given.endpoints ?? []),
  };
}
