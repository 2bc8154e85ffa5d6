import type { Watchdog } from './picture.ts';

/** How long before the end of a pause, or of test mode, somebody hears of it. */
const warnedMs = { pause: 2 * 3_600_000, test: 10 * 60_000 } as const;

/** Pauses and test modes that end soon by themselves. */
export function watchHolds(): Watchdog {
  return {
    ids: ['hold-ends-soon'],
    look: ({ at, arrangements, homes }) => {
      const labels = new Map(homes.map(({ id, label }) => [id, label]));
      return arrangements.holds.flatMap(({ id, kind, municipalityId, homeId, from, until }) => {
        if (kind === 'silence' || homeId === null) return [];
        const since = Math.max(from, until - warnedMs[kind]);
        // Too short to be warned of: whoever began it knows.
        if (until - from <= warnedMs[kind] || at < since || at >= until) return [];
        const label = labels.get(homeId) ?? homeId;
        const title =
          kind === 'pause'
            ? { sv: `Pausen för ${label} slutar snart`, en: `The pause of ${label} ends soon` }
            : { sv: `Testläget för ${label} slutar snart`, en: `Test mode of ${label} ends soon` };
        const action = {
          sv: 'Förläng om det behövs. Annars larmar hemmet som vanligt.',
          en: 'Prolong it if need be. Otherwise the home alerts as usual.',
        };
        const rule = { id: 'hold-ends-soon' as const, title, action };
        return [{ municipalityId, need: `hold-ends-soon/${id}`, rule, unitId: null, since }];
      });
    },
  };
}
