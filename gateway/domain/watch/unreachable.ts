import type { Condition } from './condition.ts';

/** One alert for all homes of a municipality that went away together. */
export function unreachable(outage: { municipalityId: string; since: number }): Condition {
  return {
    municipalityId: outage.municipalityId,
    need: 'homes-unreachable',
    rule: {
      id: 'homes-unreachable',
      title: { sv: 'Många hem hörs inte', en: 'Many homes cannot be heard' },
      action: {
        sv: 'Vaka eller nätet har varit borta: larm därifrån kommer inte fram förrän de hörs igen. Kontrollera nät och ström, och ring dem som inte kan vänta.',
        en: 'Vaka or the network was away: alerts from there arrive only when they are heard again. Check network and power, and call those who cannot wait.',
      },
    },
    unitId: null,
    since: outage.since,
  };
}
