import type { Sense } from '../device.ts';

/** Says when a door opens and when it closes; switched on, it says so if the door is open. */
export const doorContact: Sense<{ isOpen: boolean }> = {
  initial: { isOpen: false },
  notice: (own, { what }) => {
    if (what === 'door-open' && !own.isOpen)
      return { own: { isOpen: true }, says: [{ type: 'door.opened' }] };
    if (what === 'door-close' && own.isOpen)
      return { own: { isOpen: false }, says: [{ type: 'door.closed' }] };
    if (what === 'power-on' && own.isOpen) return { own, says: [{ type: 'door.opened' }] };
    return { own, says: [] };
  },
};
