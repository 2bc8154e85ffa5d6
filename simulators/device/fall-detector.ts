import type { Sense } from '../device.ts';
import { between } from '../dice.ts';

/** Says that its wearer fell, and how sure it is. */
export const fallDetector: Sense<null> = {
  initial: null,
  notice: (own, { what }, _at, dice) => {
    if (what !== 'fall') return { own, says: [] };
    const confidence = Math.round(between(dice, 0.75, 0.99) * 100) / 100;
    return { own, says: [{ type: 'fall.detected', data: { confidence } }] };
  },
};
