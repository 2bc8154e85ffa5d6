import type { Sense } from '../device.ts';

/** Smoke, carbon monoxide and water detectors alike: says when the hazard comes and when it is gone. */
export function hazardDetector(hazard: 'smoke' | 'co' | 'water'): Sense<{ isAlarming: boolean }> {
  return {
    initial: { isAlarming: false },
    notice: (own, { what }) => {
      if (what === `${hazard}-start` && !own.isAlarming)
        return { own: { isAlarming: true }, says: [{ type: `${hazard}.detected` }] };
      if (what === `${hazard}-end` && own.isAlarming)
        return { own: { isAlarming: false }, says: [{ type: `${hazard}.cleared` }] };
      return { own, says: [] };
    },
  };
}
