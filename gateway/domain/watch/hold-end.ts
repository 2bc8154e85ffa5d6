import type { Watchdog } from './picture.ts';

/** How long before the end of a pause, or of test mode, somebody hears of it. */
const warnedMs = { pause: 2 * 3_600_000, test: 10 * 60_000 } as const;

/** Pauses and test modes that end soon by themselves. */
export function watchHolds(): Watchdog {
  return {
    ids: ['hold-ends-soon'],
    look: ({ at, arrangements, homes }) => {
      const labels = new Map(homes.map(({ id, label }) => [id, label]));
      return arrangements.holds.flatMap(
        ({ id, kind, municipalityId, homeId, matchers, from, until }) => {
          if (kind === 'silence' || homeId === null) return [];
          const since = Math.max(from, until - warnedMs[kind]);
          // Too short to be warned of: whoever began it knows.
          if (until - from <= warnedMs[kind] || at < since || at >= until) return [];
          const label = labels.get(homeId) ?? homeId;
          const what = kind === 'test' && matchers !== null ? 'trial' : kind;
          const { title, action } = words[what](label);
          const rule = { id: 'hold-ends-soon' as const, title, action };
          return [{ municipalityId, need: `hold-ends-soon/${id}`, rule, unitId: null, since }];
        },
      );
    },
  };
}

const prolong = {
  sv: 'Förläng om det behövs. Annars larmar hemmet som vanligt.',
  en: 'Prolong it if need be. Otherwise the home alerts as usual.',
};

const words = {
  pause: (label: string) => ({
    title: { sv: `Pausen för ${label} slutar snart`, en: `The pause of ${label} ends soon` },
    action: prolong,
  }),
  test: (label: string) => ({
    title: { sv: `Testläget för ${label} slutar snart`, en: `Test mode of ${label} ends soon` },
    action: prolong,
  }),
  /** A device that is being installed. */
  trial: (label: string) => ({
    title: {
      sv: `Installationen i ${label} är inte signerad`,
      en: `The installation in ${label} is not signed`,
    },
    action: {
      sv: 'Gå vidare med installationen eller avbryt den. Annars larmar enheten snart på riktigt.',
      en: 'Go on with the installation, or abandon it. Otherwise the device soon alerts for real.',
    },
  }),
};
