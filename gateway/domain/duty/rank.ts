/** What says which homes an entry of a plan is about. */
interface About {
  homeIds?: readonly string[] | undefined;
  ofUnit?: string | undefined;
}

/** Answers the places of the entries that mean a home, the strongest first: by name, by its unit, all; earlier over later. */
export type Ranked = (home: { id: string; unitId: string }) => readonly number[];

/** Reads the entries once, however many homes are asked about. */
export function rankEntries(entries: readonly About[]): Ranked {
  const named = new Map<string, number[]>();
  const byUnit = new Map<string, number[]>();
  const general: number[] = [];
  for (const [place, { homeIds, ofUnit }] of entries.entries()) {
    if (homeIds !== undefined) for (const id of new Set(homeIds)) note(named, id, place);
    else if (ofUnit !== undefined) note(byUnit, ofUnit, place);
    else general.push(place);
  }
  return ({ id, unitId }) => [...(named.get(id) ?? []), ...(byUnit.get(unitId) ?? []), ...general];
}

function note(places: Map<string, number[]>, key: string, place: number): void {
  const known = places.get(key);
  if (known === undefined) places.set(key, [place]);
  else known.push(place);
}
