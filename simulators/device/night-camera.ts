import type { EventType } from '../../gateway/protocol/catalogue.ts';
import type { Reaction, Sense } from '../device.ts';
import { between, type Dice } from '../dice.ts';

interface Sight {
  isInBed: boolean;
  seenAt: number;
}

const seenAgainAfterMs = 5 * 60_000;
const nightFromHour = 22;
const nightToHour = 7;

/** Reports what it saw of a person at night, never a picture; by day it looks away. */
export function nightCamera(timeZone: string): Sense<Sight> {
  return {
    initial: { isInBed: false, seenAt: 0 },
    notice: (own, { what, value }, at, dice) => {
      const isWatching = isNight(at, timeZone);
      if (what === 'bed-enter') return { own: { ...own, isInBed: true }, says: [] };
      if (what === 'bed-leave') {
        const after = { isInBed: false, seenAt: at };
        return see(after, 'person.out-of-bed', own.isInBed && isWatching, dice);
      }
      if (what === 'room-leave') return see(own, 'person.left-room', isWatching, dice);
      if (what === 'movement') {
        const isNew = isWatching && !own.isInBed && at - own.seenAt > seenAgainAfterMs;
        return see(isNew ? { ...own, seenAt: at } : own, 'person.seen', isNew, dice);
      }
      if (what === 'loud-sound' && isWatching)
        return { own, says: [{ type: 'sound.loud', data: { levelDb: value ?? 85 } }] };
      return { own, says: [] };
    },
  };
}

function see(own: Sight, type: EventType, isSeen: boolean, dice: Dice): Reaction<Sight> {
  if (!isSeen) return { own, says: [] };
  const confidence = Math.round(between(dice, 0.7, 0.99) * 100) / 100;
  return { own, says: [{ type, data: { confidence } }] };
}

function isNight(at: number, timeZone: string): boolean {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return hour >= nightFromHour || hour < nightToHour;
}
