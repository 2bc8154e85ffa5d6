import type { Saying, Sense } from '../device.ts';
import { between } from '../dice.ts';
import { hub } from './hub.ts';

interface Outlet {
  hasPower: boolean;
  /** When it says next what it draws. */
  measureAt: number;
  /** Nobody boils water again so soon. */
  restsUntil: number;
}

const minute = 60_000;
const everyMs = 30 * minute;
const restsMs = 90 * minute;
const standbyWatts = 1.2;

function draws(watts: number): Saying {
  return { type: 'power.measured', data: { watts: Math.round(watts * 10) / 10 } };
}

/** A plug with a kettle in it, which whoever comes into the room now and then switches on for some minutes. */
export const meteringPlug: Sense<Outlet> = {
  initial: { hasPower: true, measureAt: 0, restsUntil: 0 },
  notice: (own, happening, at, dice) => {
    if (happening.what !== 'movement') {
      const { own: mains, says } = hub.notice(own, happening, at, dice);
      return { own: { ...own, ...mains }, says };
    }
    const isLeft = !own.hasPower || at < own.restsUntil || dice() < 0.7;
    if (isLeft) return { own, says: [] };
    const boilsUntil = at + Math.round(between(dice, 2, 5) * minute);
    return {
      own: { ...own, measureAt: boilsUntil, restsUntil: at + restsMs },
      says: [draws(between(dice, 1_850, 2_050))],
    };
  },
  dueAt: ({ hasPower, measureAt }) => (hasPower ? measureAt : Infinity),
  act: (own, at) => ({ own: { ...own, measureAt: at + everyMs }, says: [draws(standbyWatts)] }),
};
