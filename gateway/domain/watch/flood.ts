import type { Watchdog } from './picture.ts';

/** ISA-18.2: more than ten alarms in ten minutes are more than one operator can handle. */
export const floodMs = 10 * 60_000;
const floodAbove = 10;
const calmBelow = 5;

/** Units in which more alerts are raised than anybody can answer with care. */
export function watchFloods(): Watchdog {
  const floods = new Map<string, number>();
  return {
    ids: ['alert-flood'],
    look: ({ at, arrangements, raised }) => {
      const counts = new Map(raised.map(({ unitId, count }) => [unitId, count]));
      for (const [unitId, count] of counts) {
        if (count > floodAbove && !floods.has(unitId)) floods.set(unitId, at);
      }
      for (const unitId of floods.keys()) {
        if ((counts.get(unitId) ?? 0) < calmBelow) floods.delete(unitId);
      }
      return [...floods].flatMap(([unitId, since]) => {
        const unit = arrangements.units.get(unitId);
        if (unit === undefined) return [];
        const { municipalityId, name } = unit;
        const title = { sv: `Larmflod i ${name}`, en: `Alert flood in ${name}` };
        const action = {
          sv: 'Fler larm än de hinner svara på. Fråga om de behöver hjälp, och sök den gemensamma orsaken.',
          en: 'More alerts than they can answer. Ask whether they need help, and look for the common cause.',
        };
        const rule = { id: 'alert-flood' as const, title, action };
        return [{ municipalityId, need: `alert-flood/${unitId}`, rule, unitId, since }];
      });
    },
  };
}
