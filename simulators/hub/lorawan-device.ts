import type { ProfileId } from '../../gateway/protocol/profile.ts';
import { between, type Dice } from '../dice.ts';
import type { Happening } from '../happening.ts';

/** A device in a LoRaWAN network. */
export interface LorawanDevice {
  model: string;
  count: number;
  isOn: boolean;
  isAlive: boolean;
  batteryPercent: number;
  celsius: number;
  humidityPercent: number;
  heartbeatAt: number;
  statusAt: number;
}

/** What a device sent: its bytes, and what ChirpStack's codec made of them. */
export interface Decoded {
  bytes: readonly number[];
  object: Readonly<Record<string, unknown>>;
}

/** A Milesight model: https://github.com/Milesight-IoT/SensorDecoders has what its bytes mean. */
export interface LorawanModel {
  profile: ProfileId;
  /** The device profile's name in ChirpStack. */
  name: string;
  everyMs: number;
  /** What it tells when it is due, and when what it senses has changed. */
  tell: (device: LorawanDevice) => Decoded;
  /** What it tells when somebody presses it. */
  press?: () => Decoded;
}

const hour = 3_600_000;

export const lorawanModels: Readonly<Record<string, LorawanModel>> = {
  'EM300-MCS': {
    profile: 'door-contact',
    name: 'Milesight EM300-MCS',
    everyMs: hour,
    tell: ({ isOn, batteryPercent, celsius, humidityPercent }) => {
      const tenths = Math.round(celsius * 10);
      const battery = Math.round(batteryPercent);
      const halves = Math.round(humidityPercent * 2);
      return {
        bytes: [
          [0x01, 0x75, battery],
          [0x03, 0x67, tenths & 255, (tenths >> 8) & 255],
          [0x04, 0x68, halves],
          [0x06, 0x00, Number(isOn)],
        ].flat(),
        object: {
          battery,
          temperature: tenths / 10,
          humidity: halves / 2,
          magnet_status: isOn ? 'open' : 'close',
        },
      };
    },
  },
  WS303: {
    profile: 'water-detector',
    name: 'Milesight WS303',
    everyMs: 12 * hour,
    tell: ({ isOn, batteryPercent }) => {
      const battery = Math.round(batteryPercent);
      return {
        bytes: [0x01, 0x75, battery, 0x03, 0x00, Number(isOn)],
        object: { battery, leakage_status: isOn ? 'leak' : 'normal' },
      };
    },
  },
  WS101: {
    profile: 'call-button',
    name: 'Milesight WS101-SOS',
    everyMs: 18 * hour,
    tell: ({ batteryPercent }) => {
      const battery = Math.round(batteryPercent);
      return { bytes: [0x01, 0x75, battery], object: { battery } };
    },
    press: () => ({ bytes: [0xff, 0x2e, 0x01], object: { press: 'short' } }),
  },
};

/** @throws Error for a model that is not played. */
export function lorawanModel(name: string): LorawanModel {
  const model = Object.hasOwn(lorawanModels, name) ? lorawanModels[name] : undefined;
  if (model !== undefined) return model;
  const known = Object.keys(lorawanModels).join(', ');
  throw new Error(`There is no simulated LoRaWAN model "${name}". There are: ${known}.`);
}

export function joinNetwork(model: string, at: number, dice: Dice): LorawanDevice {
  return {
    model,
    count: 0,
    isOn: false,
    isAlive: true,
    batteryPercent: between(dice, 70, 100),
    celsius: between(dice, 19, 23),
    humidityPercent: between(dice, 28, 45),
    heartbeatAt: at + Math.round(dice() * lorawanModel(model).everyMs),
    statusAt: at + Math.round(dice() * 12 * hour),
  };
}

/** What it sends when it has been heard of this; null: nothing. */
export function sense(
  device: LorawanDevice,
  { what, value }: Happening,
): { device: LorawanDevice; decoded: Decoded | null } {
  const model = lorawanModel(device.model);
  const turned = turnOf(model.profile, what);
  if (!device.isAlive) return { device, decoded: null };
  if (turned !== null) return turn(device, model, turned);
  if (what === 'help-press') return { device, decoded: model.press?.() ?? null };
  if (what === 'temperature-shift') {
    return { device: { ...device, celsius: 21 + (value ?? 0) }, decoded: null };
  }
  if (what === 'battery') {
    const after = { ...device, batteryPercent: value ?? 0 };
    return { device: after, decoded: model.tell(after) };
  }
  if (what !== 'death') return { device, decoded: null };
  const silent = { isAlive: false, heartbeatAt: Infinity, statusAt: Infinity };
  return { device: { ...device, ...silent }, decoded: null };
}

function turn(
  device: LorawanDevice,
  model: LorawanModel,
  isOn: boolean,
): { device: LorawanDevice; decoded: Decoded | null } {
  if (device.isOn === isOn) return { device, decoded: null };
  const after = { ...device, isOn };
  return { device: after, decoded: model.tell(after) };
}

/** Whether it is now open or wet; null: it is as it was. */
function turnOf(profile: ProfileId, what: Happening['what']): boolean | null {
  if (profile === 'door-contact' && what === 'door-open') return true;
  if (profile === 'door-contact' && what === 'door-close') return false;
  if (profile === 'water-detector' && what === 'water-start') return true;
  if (profile === 'water-detector' && what === 'water-end') return false;
  return null;
}

/** What somebody does with it to see whether it works. */
export function tried({ model, isOn }: LorawanDevice): Happening {
  const { profile } = lorawanModel(model);
  if (profile === 'door-contact') return { what: isOn ? 'door-close' : 'door-open' };
  if (profile === 'water-detector') return { what: isOn ? 'water-end' : 'water-start' };
  return { what: 'help-press' };
}

export function rested({ model }: LorawanDevice): Happening {
  const isDoor = lorawanModel(model).profile === 'door-contact';
  return { what: isDoor ? 'door-close' : 'water-end' };
}
