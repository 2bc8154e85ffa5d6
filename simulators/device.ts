import type { EventType } from '../gateway/protocol/catalogue.ts';
import type { Placement } from '../gateway/protocol/placement.ts';
import { profiles, type Profile, type ProfileId } from '../gateway/protocol/profile.ts';
import { type Battery, levelAt } from './battery.ts';
import { between, type Dice, hash } from './dice.ts';
import type { Happening } from './happening.ts';

/** What a device says, before it is put on the wire. */
export interface DeviceEvent {
  /** Unique for ever among the events of its device. */
  id: string;
  type: EventType;
  /** Epoch milliseconds. */
  at: number;
  data?: Record<string, unknown>;
}

export type Saying = Pick<DeviceEvent, 'type' | 'data'>;

/** A device without a network: the same state, time, dice and happenings always give the same events. */
export interface VirtualDevice<State> {
  readonly id: string;
  readonly initial: State;
  /** Lets time pass until `at`, and then lets something happen to the device, if anything does. */
  step: (
    state: State,
    at: number,
    dice: Dice,
    happening?: Happening,
  ) => { state: State; events: DeviceEvent[] };
  /** When it next speaks by itself; stepped before that, it says nothing. */
  dueAt: (state: State) => number;
}

/** Who a device is; `run` tells its events from those of any other run. */
export interface Identity {
  id: string;
  profile: ProfileId;
  placement: Placement;
  timeZone: string;
  run: string;
  /** Without it the dice say how full its battery is when it wakes. */
  battery?: Battery | undefined;
}

export interface Reaction<Own> {
  own: Own;
  says: readonly Saying[];
}

/** What one kind of device adds to what all have: heartbeat, battery, event ids. */
export interface Sense<Own> {
  initial: Own;
  notice: (own: Own, happening: Happening, at: number, dice: Dice) => Reaction<Own>;
  /** When `act` is due; absent for a device that only reacts. */
  dueAt?: (own: Own) => number;
  act?: (own: Own, at: number, dice: Dice) => Reaction<Own>;
}

export interface Vitals {
  counter: number;
  isAlive: boolean;
  heartbeatAt: number;
  battery: Battery;
  /** When it next tells of its battery. */
  batteryAt: number;
}

const batteryEveryMs = 6 * 3_600_000;
const percentPerDay = 0.2;

const unborn: Vitals = {
  counter: 0,
  isAlive: true,
  heartbeatAt: 0,
  battery: { percent: 0, at: 0, percentPerDay },
  batteryAt: 0,
};

export function createVirtualDevice<Own>(
  identity: Identity,
  sense: Sense<Own>,
): VirtualDevice<{ vitals: Vitals; own: Own }> {
  const profile: Profile = profiles[identity.profile];
  const reception = -52 - (hash(identity.id) % 28);

  function dueAt({ vitals, own }: { vitals: Vitals; own: Own }): number {
    if (!vitals.isAlive) return Infinity;
    return Math.min(vitals.heartbeatAt, vitals.batteryAt, sense.dueAt?.(own) ?? Infinity);
  }

  return {
    id: identity.id,
    initial: { vitals: unborn, own: sense.initial },
    dueAt,
    step: (state, at, dice, happening) => {
      const says: Saying[] = [];
      let { vitals, own } = state;
      if (!vitals.isAlive) return { state, events: [] };
      if (vitals.heartbeatAt === 0) {
        const woken = wake(vitals, profile, at, dice);
        vitals = { ...woken, battery: identity.battery ?? woken.battery };
      }

      if (sense.act !== undefined && at >= (sense.dueAt?.(own) ?? Infinity)) {
        const acted = sense.act(own, at, dice);
        own = acted.own;
        says.push(...acted.says);
      }
      if (happening !== undefined) {
        const noticed = sense.notice(own, happening, at, dice);
        own = noticed.own;
        says.push(...noticed.says);
        vitals = suffer(vitals, happening, at);
      }
      const lived = live(vitals, profile, at, reception);
      says.push(...lived.says);

      const events = says.map((saying, index) => ({
        ...saying,
        id: `${identity.run}-${vitals.counter + index}`,
        at,
      }));
      return {
        state: { vitals: { ...lived.vitals, counter: vitals.counter + events.length }, own },
        events,
      };
    },
  };
}

function wake(vitals: Vitals, profile: Profile, at: number, dice: Dice): Vitals {
  const hasBattery = profile.capabilities.includes('battery.measured');
  return {
    ...vitals,
    heartbeatAt:
      profile.heartbeatMs === null ? Infinity : at + Math.round(dice() * profile.heartbeatMs),
    battery: { percent: Math.round(between(dice, 55, 100)), at, percentPerDay },
    batteryAt: hasBattery ? at + Math.round(dice() * batteryEveryMs) : Infinity,
  };
}

function suffer(vitals: Vitals, { what, value }: Happening, at: number): Vitals {
  const batteryAt = vitals.batteryAt === Infinity ? Infinity : at;
  if (what === 'death') return { ...vitals, isAlive: false };
  if (what === 'battery') {
    const battery = { ...vitals.battery, percent: value ?? 0, at };
    return { ...vitals, battery, batteryAt };
  }
  if (what !== 'power-on') return vitals;
  const heartbeatAt = vitals.heartbeatAt === Infinity ? Infinity : at;
  return { ...vitals, heartbeatAt, batteryAt };
}

/** The heartbeat and the report of battery and signal, when they are due. */
function live(
  vitals: Vitals,
  profile: Profile,
  at: number,
  reception: number,
): { vitals: Vitals; says: Saying[] } {
  if (!vitals.isAlive) return { vitals, says: [] };
  const says: Saying[] = [];
  let { heartbeatAt, batteryAt } = vitals;
  if (profile.heartbeatMs !== null && at >= heartbeatAt) {
    says.push({ type: 'device.heartbeat' });
    heartbeatAt = at + profile.heartbeatMs;
  }
  if (at >= batteryAt) {
    const percent = Math.round(levelAt(vitals.battery, at));
    says.push({ type: 'battery.measured', data: { percent } });
    // It comes and goes a little, without the dice, which what happens is thrown from.
    says.push({
      type: 'link.measured',
      data: { rssiDbm: reception + ((vitals.counter * 7) % 5) - 2 },
    });
    batteryAt = at + batteryEveryMs;
  }
  return { vitals: { ...vitals, heartbeatAt, batteryAt }, says };
}
