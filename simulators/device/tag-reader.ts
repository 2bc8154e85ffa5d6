import type { Sense } from '../device.ts';

/** Says that staff have held their tag to it. */
export const tagReader: Sense<null> = {
  initial: null,
  notice: (own, { what }) => ({
    own,
    says: what === 'staff-arrival' ? [{ type: 'test.pressed' }] : [],
  }),
};
