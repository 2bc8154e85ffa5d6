import type { Sense } from '../device.ts';

const clearAfterMs = 90_000;

/** Says when movement begins, and that it ended when none was seen for a while. */
export const motionSensor: Sense<{ clearAt: number }> = {
  initial: { clearAt: Infinity },
  notice: (own, { what }, at) => {
    if (what !== 'movement') return { own, says: [] };
    const isNew = own.clearAt === Infinity;
    return {
      own: { clearAt: at + clearAfterMs },
      says: isNew ? [{ type: 'motion.detected' }] : [],
    };
  },
  dueAt: (own) => own.clearAt,
  act: () => ({ own: { clearAt: Infinity }, says: [{ type: 'motion.cleared' }] }),
};
