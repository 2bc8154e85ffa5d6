/** What a point may carry as tags: ids and words of ours, never a name or an address. */
export const tagNames = [
  'municipality',
  'unit',
  'home',
  'device',
  'kind',
  'room',
  'lane',
  'rule',
  'severity',
  'queue',
] as const;
export type TagName = (typeof tagNames)[number];

interface Measurement {
  /** Each with its unit. */
  fields: Readonly<Record<string, string>>;
  /** `life`: how somebody lives, written only while all who live there consent to statistics. */
  about: 'life' | 'equipment' | 'service';
}

/** Everything that is ever written to a time-series store. */
export const measurements = {
  battery: { fields: { percent: '%' }, about: 'equipment' },
  link: { fields: { rssi_dbm: 'dBm', lqi: '' }, about: 'equipment' },
  temperature: { fields: { celsius: '°C' }, about: 'life' },
  humidity: { fields: { percent: '%' }, about: 'life' },
  illuminance: { fields: { lux: 'lx' }, about: 'life' },
  power: { fields: { watts: 'W' }, about: 'life' },
  /** How many events fell in a quarter of an hour that begins at the point's time, by room and lane. */
  activity: { fields: { count: '' }, about: 'life' },
  /** 1 from when somebody is in bed, 0 from when nobody is. */
  bed: { fields: { occupied: '' }, about: 'life' },
  /** 1 from when a door is open, 0 from when it is closed. */
  door: { fields: { open: '' }, about: 'life' },
  /** One point an alert, at the time it was raised; each time is counted from there, and real alerts only are written. */
  alert: {
    fields: {
      /** Always 1. */
      raised: '',
      screen_seconds: 's',
      acceptance_seconds: 's',
      arrival_seconds: 's',
      resolution_seconds: 's',
    },
    about: 'service',
  },
  /** The gateway itself, once a minute. */
  system: {
    fields: {
      events: '',
      alerts_live: '',
      homes_connected: '',
      screens_connected: '',
      outbox_waiting: '',
      sweep_late_seconds: 's',
      disk_free_bytes: 'B',
      memory_bytes: 'B',
    },
    about: 'service',
  },
} as const satisfies Record<string, Measurement>;

export type MeasurementName = keyof typeof measurements;

export const measurementNames = Object.keys(measurements) as MeasurementName[];

export function isMeasurement(text: string): text is MeasurementName {
  return Object.hasOwn(measurements, text);
}
