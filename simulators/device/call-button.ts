import type { Sense } from '../device.ts';

/** Says that help is wanted, or that it was only tried. */
export const callButton: Sense<null> = {
  initial: null,
  notice: (own, { what }) => {
    if (what === 'help-press') return { own, says: [{ type: 'help.pressed' }] };
    if (what === 'test-press') return { own, says: [{ type: 'test.pressed' }] };
    return { own, says: [] };
  },
};
