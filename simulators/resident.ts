import { z } from 'zod';

import type { Placement } from '../gateway/protocol/placement.ts';
import { between, wholeBetween, type Dice } from './dice.ts';
import type { Happening } from './happening.ts';

/** A happening and when it happens, in epoch milliseconds. */
export interface Doing extends Happening {
  at: number;
}

const visits = z.number().int().min(0).max(8);

/** How a resident lives; local times as hours of the day. */
export const Habits = z.strictObject({
  wakesAt: z.number().min(6.5).max(9).default(7.2),
  goesToBedAt: z.number().min(20).max(23).default(22.2),
  nightVisits: z.tuple([visits, visits]).default([0, 2]),
  goesOut: z.number().min(0).max(1).default(0.7),
});
export type Habits = z.infer<typeof Habits>;

const second = 1000;
const minute = 60 * second;

/** All that a resident does on one day of the home's calendar, in order of time. */
export function planDay(
  date: Temporal.PlainDate,
  timeZone: string,
  habits: Habits,
  dice: Dice,
): Doing[] {
  const at = (hour: number) => toInstant(date, timeZone, hour);
  const wakesAt = at(habits.wakesAt + between(dice, -0.5, 0.5));
  const lunchAt = at(12 + between(dice, 0, 0.5));
  const dinnerAt = at(17.3 + between(dice, 0, 0.5));
  const bedtime = at(habits.goesToBedAt + between(dice, -0.5, 0.5));

  const doings = [
    ...planNight(at, habits, dice),
    ...planMorning(wakesAt, dice),
    ...planForenoon(wakesAt + 50 * minute, lunchAt, habits, dice),
    ...stay('kitchen', lunchAt, lunchAt + between(dice, 25, 45) * minute, dice),
    ...planAfternoon(lunchAt + 50 * minute, dinnerAt, dice),
    ...stay('kitchen', dinnerAt, dinnerAt + between(dice, 25, 45) * minute, dice),
    ...planEvening(dinnerAt + 50 * minute, bedtime, dice),
  ];
  return doings
    .map((doing) => ({ ...doing, at: Math.round(doing.at) }))
    .sort((one, other) => one.at - other.at);
}

/** The instant at a wall-clock hour; an hour that summer time skips is taken an hour later. */
function toInstant(date: Temporal.PlainDate, timeZone: string, hour: number): number {
  const time = Temporal.PlainTime.from({ hour: 0 }).add({ seconds: Math.round(hour * 3600) });
  return date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
}

function planNight(at: (hour: number) => number, habits: Habits, dice: Dice): Doing[] {
  const [fewest, most] = habits.nightVisits;
  const count = wholeBetween(dice, fewest, most);
  const span = 5 / Math.max(count, 1);
  return Array.from({ length: count }, (_, index) =>
    visitBathroom(at(0.5 + index * span + between(dice, 0, span * 0.6)), dice),
  ).flat();
}

function visitBathroom(from: number, dice: Dice): Doing[] {
  const sits = between(dice, 3, 8) * minute;
  return [
    { at: from, what: 'bed-leave' },
    { at: from + 10 * second, what: 'movement', where: 'bedroom' },
    { at: from + 25 * second, what: 'room-leave', where: 'bedroom' },
    { at: from + 30 * second, what: 'movement', where: 'hall' },
    ...stay('bathroom', from + 45 * second, from + sits, dice),
    { at: from + sits + 10 * second, what: 'movement', where: 'hall' },
    { at: from + sits + 30 * second, what: 'movement', where: 'bedroom' },
    { at: from + sits + 50 * second, what: 'bed-enter' },
  ];
}

function planMorning(wakesAt: number, dice: Dice): Doing[] {
  return [
    { at: wakesAt, what: 'bed-leave' },
    { at: wakesAt + 5 * second, what: 'movement', where: 'bedroom' },
    { at: wakesAt + 60 * second, what: 'room-leave', where: 'bedroom' },
    ...stay('bathroom', wakesAt + 2 * minute, wakesAt + 14 * minute, dice),
    ...stay('kitchen', wakesAt + 16 * minute, wakesAt + 45 * minute, dice),
  ];
}

function planForenoon(from: number, until: number, habits: Habits, dice: Dice): Doing[] {
  const room = until - from;
  if (dice() >= habits.goesOut || room < 150 * minute) {
    return stay('living-room', from, until - minute, dice);
  }
  const leavesAt = from + between(dice, 30, 60) * minute;
  const backAt = leavesAt + between(dice, 30, 80) * minute;
  return [
    ...stay('living-room', from, leavesAt - minute, dice),
    ...passFrontDoor(leavesAt, dice),
    ...passFrontDoor(backAt, dice),
    ...stay('living-room', backAt + 2 * minute, until - minute, dice),
  ];
}

function passFrontDoor(at: number, dice: Dice): Doing[] {
  const closes = at + between(dice, 5, 25) * second;
  return [
    { at: at - 10 * second, what: 'movement', where: 'hall' },
    { at, what: 'door-open', where: 'entrance' },
    { at: closes, what: 'door-close', where: 'entrance' },
    { at: closes + second, what: 'movement', where: 'hall' },
  ];
}

function planAfternoon(from: number, until: number, dice: Dice): Doing[] {
  const liesDown = from + between(dice, 5, 20) * minute;
  const getsUp = liesDown + between(dice, 40, 80) * minute;
  const airsAt = between(dice, getsUp + 20 * minute, until - 60 * minute);
  return [
    { at: liesDown - minute, what: 'movement', where: 'bedroom' },
    { at: liesDown, what: 'bed-enter' },
    { at: getsUp, what: 'bed-leave' },
    { at: getsUp + 5 * second, what: 'movement', where: 'bedroom' },
    ...stay('bathroom', getsUp + 2 * minute, getsUp + 7 * minute, dice),
    ...stay('living-room', getsUp + 9 * minute, until - minute, dice),
    { at: airsAt, what: 'door-open', where: 'balcony' },
    { at: airsAt + between(dice, 3, 12) * minute, what: 'door-close', where: 'balcony' },
  ];
}

function planEvening(from: number, bedtime: number, dice: Dice): Doing[] {
  return [
    ...stay('living-room', from, bedtime - 20 * minute, dice),
    ...stay('bathroom', bedtime - 15 * minute, bedtime - 5 * minute, dice),
    { at: bedtime - 2 * minute, what: 'movement', where: 'bedroom' },
    { at: bedtime, what: 'bed-enter' },
  ];
}

/** Moves about in a room every few minutes. */
export function stay(room: Placement, from: number, until: number, dice: Dice): Doing[] {
  const doings: Doing[] = [];
  for (let at = from; at < until; at += between(dice, 2, 9) * minute) {
    doings.push({ at, what: 'movement', where: room });
  }
  return doings;
}

const rooms = ['hall', 'kitchen', 'living-room', 'hall', 'bathroom'] as const;

/** Leaves bed and walks from room to room, for as long as it lasts. */
export function wander(from: number, forMs: number, dice: Dice): Doing[] {
  const doings: Doing[] = [
    { at: from, what: 'bed-leave' },
    { at: from + 20 * second, what: 'room-leave', where: 'bedroom' },
  ];
  let step = 0;
  for (let at = from + 30 * second; at < from + forMs; at += between(dice, 60, 180) * second) {
    const room = rooms[step % rooms.length] ?? 'hall';
    doings.push({ at: Math.round(at), what: 'movement', where: room });
    step += 1;
  }
  return doings;
}
