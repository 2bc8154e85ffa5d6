import type { Sense } from '../device.ts';

/** Says when the home loses its mains power and when it is back. */
export const hub: Sense<{ hasPower: boolean }> = {
  initial: { hasPower: true },
  notice: (own, { what }) => {
    if (what === 'power-loss' && own.hasPower)
      return { own: { hasPower: false }, says: [{ type: 'power.lost' }] };
    if (what === 'power-return' && !own.hasPower)
      return { own: { hasPower: true }, says: [{ type: 'power.restored' }] };
    return { own, says: [] };
  },
};
