import { between, type Dice, wholeBetween } from '../dice.ts';
import type { Happening, What } from '../happening.ts';
import { zigbeeModel } from './zigbee-model.ts';

type Properties = Readonly<Record<string, unknown>>;

/** A device in a Zigbee network. */
export interface ZigbeeDevice {
  model: string;
  /** What it said last of what it senses. */
  says: Properties;
  batteryPercent: number;
  linkquality: number;
  heardAt: number;
  heartbeatAt: number;
  /** When what it senses is over by itself; Infinity: it is not. */
  calmAt: number;
  /** When zigbee2mqtt empties the action that it has just told. */
  emptyAt: number;
  /** When zigbee2mqtt gives it up; Infinity while it lives. */
  lostAt: number;
  isAlive: boolean;
}

/** What a device does, and the messages that come of it. */
export interface Doing {
  device: ZigbeeDevice;
  told: readonly Properties[];
}

const hour = 3_600_000;
const occupiedMs = 90_000;
/** zigbee2mqtt waits so long for a device on batteries. */
const givenUpMs = 25 * hour;
const actionLastsMs = 120;
const drainPerMessage = 0.01;

export function pair(model: string, at: number, dice: Dice): ZigbeeDevice {
  const { quiet, everyMs } = zigbeeModel(model);
  return {
    model,
    says: quiet,
    batteryPercent: between(dice, 62, 100),
    linkquality: wholeBetween(dice, 70, 190),
    heardAt: at,
    heartbeatAt: at + Math.round(between(dice, 0.2, 1) * everyMs),
    calmAt: Infinity,
    emptyAt: Infinity,
    lostAt: Infinity,
    isAlive: true,
  };
}

/** The device has been heard: its battery is a little lower and its signal a little other. */
function heard(device: ZigbeeDevice, at: number, dice: Dice): ZigbeeDevice {
  const linkquality = device.linkquality + wholeBetween(dice, -12, 12);
  return {
    ...device,
    heardAt: at,
    batteryPercent: Math.max(0, device.batteryPercent - drainPerMessage),
    linkquality: Math.min(255, Math.max(18, linkquality)),
  };
}

/** All that zigbee2mqtt knows of the device, which it repeats in each message. */
export function stateOf(device: ZigbeeDevice): Properties {
  const { quiet, extra } = zigbeeModel(device.model);
  const battery = Math.round(device.batteryPercent);
  const low = 'battery_low' in quiet ? { battery_low: battery <= 10 } : {};
  const voltage = 'power_outage_count' in extra ? { voltage: 2_700 + battery * 4 } : {};
  return {
    ...device.says,
    ...low,
    ...extra,
    ...voltage,
    battery,
    linkquality: device.linkquality,
    last_seen: new Date(device.heardAt).toISOString(),
  };
}

function say(device: ZigbeeDevice, at: number, dice: Dice, says: Properties): Doing {
  const spoken = { ...heard(device, at, dice), says: { ...device.says, ...says } };
  return { device: spoken, told: [stateOf(spoken)] };
}

/** It says how it is; now and then only how it is itself, and nothing of what it senses. */
export function beat(device: ZigbeeDevice, at: number, dice: Dice): Doing {
  const { everyMs, quiet } = zigbeeModel(device.model);
  const isBare = dice() < 0.2;
  const changed = { ...drift(device, dice), ...daylight(device, at, dice) };
  const { device: spoken, told } = say(device, at, dice, changed);
  const heartbeatAt = at + Math.round(everyMs * between(dice, 0.9, 1));
  const bare = told.map((state) =>
    Object.fromEntries(Object.entries(state).filter(([name]) => !(name in quiet))),
  );
  return { device: { ...spoken, heartbeatAt }, told: isBare ? bare : told };
}

/** How light a room is follows the sun, as it goes at midwinter in the north. */
function daylight({ says }: ZigbeeDevice, at: number, dice: Dice): Properties {
  if (!('illuminance' in says)) return {};
  const clock = (at / 3_600_000) % 24;
  const sun = Math.max(0, Math.sin(((clock - 7) / 8) * Math.PI));
  return {
    illuminance: Math.round(between(dice, 2, 6) + (clock > 7 && clock < 15 ? 400 * sun : 0)),
  };
}

/** Room air changes by itself; a button says that nothing was done with it. */
function drift({ says }: ZigbeeDevice, dice: Dice): Properties {
  const { temperature, humidity } = says;
  if ('action' in says) return { action: null };
  if (typeof temperature !== 'number' || typeof humidity !== 'number') return {};
  return {
    temperature: hundredths(temperature + between(dice, -0.3, 0.3)),
    humidity: hundredths(Math.min(90, Math.max(10, humidity + between(dice, -0.8, 0.8)))),
  };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** It is heard, and says how it is. */
export function greet(device: ZigbeeDevice, at: number, dice: Dice): Doing {
  return device.isAlive ? say(device, at, dice, {}) : { device, told: [] };
}

/** What was told as an action is emptied, and nothing was heard of the device. */
export function empty(device: ZigbeeDevice): Doing {
  const after = { ...device, says: { ...device.says, action: '' }, emptyAt: Infinity };
  return { device: after, told: [stateOf(after)] };
}

export function calm(device: ZigbeeDevice, at: number, dice: Dice): Doing {
  const { device: spoken, told } = say(device, at, dice, { occupancy: false });
  return { device: { ...spoken, calmAt: Infinity }, told };
}

/** What the device makes of what happens to it. */
export function sense(
  device: ZigbeeDevice,
  { what, value }: Happening,
  at: number,
  dice: Dice,
): Doing {
  if (!device.isAlive) return { device, told: [] };
  const turned = turns[what];
  if (turned !== undefined) return turn(device, at, dice, turned);
  if (what === 'help-press') return press(device, at, dice);
  if (what === 'movement') return move(device, at, dice);
  if (what === 'battery') return say({ ...device, batteryPercent: value ?? 0 }, at, dice, {});
  if (what === 'death') return die(device);
  if (what !== 'temperature-shift') return { device, told: [] };
  const usual = Number(zigbeeModel(device.model).quiet['temperature'] ?? 21);
  return say(device, at, dice, { temperature: hundredths(usual + (value ?? 0)) });
}

const turns: Partial<Record<What, Properties>> = {
  'door-open': { contact: false },
  'door-close': { contact: true },
  'water-start': { water_leak: true },
  'water-end': { water_leak: false },
};

function move(device: ZigbeeDevice, at: number, dice: Dice): Doing {
  if (!('occupancy' in device.says)) return { device, told: [] };
  const doing = turn(device, at, dice, { occupancy: true });
  return { ...doing, device: { ...doing.device, calmAt: at + occupiedMs } };
}

function die(device: ZigbeeDevice): Doing {
  const off = { heartbeatAt: Infinity, calmAt: Infinity, emptyAt: Infinity };
  const lostAt = device.heardAt + givenUpMs;
  return { device: { ...device, ...off, lostAt, isAlive: false }, told: [] };
}

/** It says nothing of what it has said already, or does not sense. */
function turn(device: ZigbeeDevice, at: number, dice: Dice, says: Properties): Doing {
  const isNews = Object.entries(says).some(
    ([name, value]) => name in device.says && device.says[name] !== value,
  );
  return isNews ? say(device, at, dice, says) : { device, told: [] };
}

function press(device: ZigbeeDevice, at: number, dice: Dice): Doing {
  const { device: spoken, told } = say(device, at, dice, { action: 'emergency' });
  return { device: { ...spoken, emptyAt: at + actionLastsMs }, told };
}
