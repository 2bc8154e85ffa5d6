import type { Sense } from '../device.ts';
import { between } from '../dice.ts';

interface Climate {
  measureAt: number;
  shiftCelsius: number;
}

const everyMs = 15 * 60_000;
const dayMs = 24 * 3_600_000;

/** Measures the warmth and moisture of a room, which follow the sun a little. */
export const thermometer: Sense<Climate> = {
  initial: { measureAt: 0, shiftCelsius: 0 },
  notice: (own, { what, value }, at) =>
    what === 'temperature-shift'
      ? { own: { measureAt: at, shiftCelsius: value ?? 0 }, says: [] }
      : { own, says: [] },
  dueAt: (own) => own.measureAt,
  act: (own, at, dice) => {
    const sun = Math.sin(((at % dayMs) / dayMs) * 2 * Math.PI - Math.PI / 2);
    const celsius = 21 + sun + own.shiftCelsius + between(dice, -0.2, 0.2);
    const percent = 40 - 5 * sun + between(dice, -1, 1);
    return {
      own: { ...own, measureAt: at + everyMs },
      says: [
        { type: 'temperature.measured', data: { celsius: Math.round(celsius * 10) / 10 } },
        { type: 'humidity.measured', data: { percent: Math.round(percent) } },
      ],
    };
  },
};
