import type { ProfileId } from '../../gateway/protocol/profile.ts';

/** A Zigbee model as zigbee2mqtt describes it, and what it is for. */
export interface ZigbeeModel {
  profile: ProfileId;
  vendor: string;
  model: string;
  description: string;
  /** What the device calls itself. */
  modelId: string;
  manufacturer: string;
  exposes: readonly object[];
  /** What it tells when all is quiet. */
  quiet: Readonly<Record<string, unknown>>;
  /** What only some of its messages say. */
  extra: Readonly<Record<string, unknown>>;
  /** How often it is heard when nothing happens. */
  everyMs: number;
}

const minute = 60_000;

function expose(type: string, name: string, more: object): object {
  const label = `${name.slice(0, 1).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;
  return { type, name, label, property: name, access: 1, ...more };
}

function numeric(name: string, unit: string, description: string, more: object = {}): object {
  return expose('numeric', name, { unit, description, ...more });
}

const battery = expose('numeric', 'battery', {
  unit: '%',
  category: 'diagnostic',
  access: 5,
  value_min: 0,
  value_max: 100,
  description: 'How much is left',
});
const linkquality = expose('numeric', 'linkquality', {
  unit: 'lqi',
  category: 'diagnostic',
  value_min: 0,
  value_max: 255,
  description: 'How well it is heard',
});
const voltage = numeric('voltage', 'mV', 'Of the battery', { category: 'diagnostic' });
const temperature = numeric('temperature', '°C', 'In the room');
const chipTemperature = numeric('device_temperature', '°C', 'In the device');
const outages = numeric('power_outage_count', '', 'How often it has started', {
  category: 'diagnostic',
});
const aqaraExtra = { device_temperature: 23, power_outage_count: 14 };

/** The models that may stand behind a simulated zigbee2mqtt; descriptions are ours, names and properties the models' own. */
export const zigbeeModels: Readonly<Record<string, ZigbeeModel>> = {
  MCCGQ11LM: {
    profile: 'door-contact',
    vendor: 'Aqara',
    model: 'MCCGQ11LM',
    description: 'Door and window sensor',
    modelId: 'lumi.sensor_magnet.aq2',
    manufacturer: 'LUMI',
    exposes: [
      battery,
      expose('binary', 'contact', {
        value_on: false,
        value_off: true,
        description: 'Whether it is closed',
      }),
      chipTemperature,
      voltage,
      outages,
      linkquality,
    ],
    quiet: { contact: true },
    extra: aqaraExtra,
    everyMs: 50 * minute,
  },
  RTCGQ11LM: {
    profile: 'motion-sensor',
    vendor: 'Aqara',
    model: 'RTCGQ11LM',
    description: 'Motion and light sensor',
    modelId: 'lumi.sensor_motion.aq2',
    manufacturer: 'LUMI',
    exposes: [
      battery,
      expose('binary', 'occupancy', {
        value_on: true,
        value_off: false,
        description: 'Whether something moves',
      }),
      chipTemperature,
      voltage,
      numeric('illuminance', 'lx', 'How light it is'),
      outages,
      linkquality,
    ],
    quiet: { occupancy: false },
    extra: { ...aqaraExtra, illuminance: 84 },
    everyMs: 50 * minute,
  },
  SJCGQ11LM: {
    profile: 'water-detector',
    vendor: 'Aqara',
    model: 'SJCGQ11LM',
    description: 'Water leak sensor',
    modelId: 'lumi.sensor_wleak.aq1',
    manufacturer: 'LUMI',
    exposes: [
      battery,
      expose('binary', 'water_leak', {
        value_on: true,
        value_off: false,
        description: 'Whether it is wet',
      }),
      expose('binary', 'battery_low', {
        value_on: true,
        value_off: false,
        category: 'diagnostic',
        description: 'Whether the battery is about to end',
      }),
      chipTemperature,
      voltage,
      outages,
      linkquality,
    ],
    quiet: { water_leak: false, battery_low: false },
    extra: aqaraExtra,
    everyMs: 50 * minute,
  },
  'HS1EB/HS1EB-E': {
    profile: 'call-button',
    vendor: 'Heiman',
    model: 'HS1EB/HS1EB-E',
    description: 'Emergency button',
    modelId: 'SOS-EM',
    manufacturer: 'HEIMAN',
    exposes: [
      battery,
      expose('enum', 'action', {
        values: ['off', 'single', 'double', 'hold', 'emergency'],
        category: 'diagnostic',
        description: 'What was done with it',
      }),
      linkquality,
    ],
    quiet: { action: null },
    extra: {},
    everyMs: 55 * minute,
  },
  'SNZB-02D': {
    profile: 'thermometer',
    vendor: 'SONOFF',
    model: 'SNZB-02D',
    description: 'Temperature and humidity sensor with a screen',
    modelId: 'SNZB-02D',
    manufacturer: 'SONOFF',
    exposes: [battery, temperature, numeric('humidity', '%', 'In the room'), linkquality],
    quiet: { temperature: 21.4, humidity: 38.2 },
    extra: {},
    everyMs: 10 * minute,
  },
};

/** @throws Error for a model that is not played. */
export function zigbeeModel(name: string): ZigbeeModel {
  const model = Object.hasOwn(zigbeeModels, name) ? zigbeeModels[name] : undefined;
  if (model !== undefined) return model;
  const known = Object.keys(zigbeeModels).join(', ');
  throw new Error(`There is no simulated Zigbee model "${name}". There are: ${known}.`);
}
