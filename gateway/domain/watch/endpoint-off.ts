import type { Arrangements, MunicipalityFile } from '../duty/arrangement.ts';
import type { Condition } from './condition.ts';
import type { Watchdog } from './picture.ts';

/** Webhooks that alerts go to by a unit or a policy, and that are turned off, as one is that answered 410 Gone. */
export function watchEndpoints(): Watchdog {
  let offSince = new Map<string, number>();
  return {
    ids: ['channel-failing'],
    look: ({ at, arrangements }) => {
      const off = [...arrangements.municipalities.values()].flatMap((municipality) =>
        [...namedBy(arrangements, municipality)]
          .filter(([id]) => !arrangements.endpoints.has(id))
          .map(([id, name]) => ({ id, name, municipalityId: municipality.id })),
      );
      offSince = new Map(off.map(({ id }) => [id, offSince.get(id) ?? at]));
      return off.map(({ id, name, municipalityId }): Condition => {
        const title = {
          sv: `Webhooken för ${name} är avstängd`,
          en: `The webhook of ${name} is turned off`,
        };
        const action = {
          sv: 'Ingen larmas den vägen. Fråga mottagaren om den nya adressen, och spara den under Webhooks.',
          en: 'Nobody is alerted that way. Ask the receiver for the new address, and save it under Webhooks.',
        };
        const need = `channel-failing/webhook/${id}`;
        const rule = { id: 'channel-failing' as const, title, action };
        return { municipalityId, need, rule, unitId: null, since: offSince.get(id) ?? at };
      });
    },
  };
}

/** The endpoints that a municipality relies on, each with what names it. */
function namedBy(
  { units }: Pick<Arrangements, 'units'>,
  { id: municipalityId, policies }: MunicipalityFile,
): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const { title, steps } of policies) {
    for (const target of steps.flatMap(({ asks }) => asks)) {
      if (target.who === 'webhook') named.set(target.endpointId, title);
    }
  }
  for (const { name, endpointId, municipalityId: of } of units.values()) {
    if (of === municipalityId && endpointId !== null) named.set(endpointId, name);
  }
  return named;
}
