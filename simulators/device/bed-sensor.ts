import type { Sense } from '../device.ts';

/** Says when someone gets into bed and when they leave it; switched on, it says so if someone lies there. */
export const bedSensor: Sense<{ isOccupied: boolean }> = {
  initial: { isOccupied: false },
  notice: (own, { what }) => {
    if (what === 'bed-enter' && !own.isOccupied)
      return { own: { isOccupied: true }, says: [{ type: 'bed.entered' }] };
    if (what === 'bed-leave' && own.isOccupied)
      return { own: { isOccupied: false }, says: [{ type: 'bed.left' }] };
    if (what === 'power-on' && own.isOccupied) return { own, says: [{ type: 'bed.entered' }] };
    return { own, says: [] };
  },
};
