import { addressOf, macOf } from './address.ts';
import { type Fields, field, fieldsOf, listOf, textOf } from './loose-json.ts';

/** One entity of a discovery message: its component, and its settings by their long names. */
export interface EntityConfig {
  /** Tells it from the others of the same message. */
  key: string;
  component: string;
  settings: Fields;
}

export interface DiscoveredDevice {
  address: string;
  label: string;
  vendor: string | null;
  model: string | null;
  firmware: string | null;
}

export interface Discovery {
  device: DiscoveredDevice;
  entities: readonly EntityConfig[];
}

/** The short names of the settings that are read here, as Home Assistant documents them. */
const longNames = new Map([
  ['atype', 'automation_type'],
  ['avty', 'availability'],
  ['avty_mode', 'availability_mode'],
  ['avty_t', 'availability_topic'],
  ['avty_tpl', 'availability_template'],
  ['cmps', 'components'],
  ['cns', 'connections'],
  ['dev', 'device'],
  ['dev_cla', 'device_class'],
  ['ent_cat', 'entity_category'],
  ['evt_typ', 'event_types'],
  ['ids', 'identifiers'],
  ['mdl', 'model'],
  ['mf', 'manufacturer'],
  ['obj_id', 'object_id'],
  ['off_dly', 'off_delay'],
  ['p', 'platform'],
  ['pl', 'payload'],
  ['pl_avail', 'payload_available'],
  ['pl_not_avail', 'payload_not_available'],
  ['pl_off', 'payload_off'],
  ['pl_on', 'payload_on'],
  ['stat_t', 'state_topic'],
  ['stype', 'subtype'],
  ['sw', 'sw_version'],
  ['t', 'topic'],
  ['uniq_id', 'unique_id'],
  ['unit_of_meas', 'unit_of_measurement'],
  ['val_tpl', 'value_template'],
]);

/** What every entity of a device has unless it says otherwise. */
const shared = [
  'availability',
  'availability_mode',
  'availability_topic',
  'availability_template',
  'payload_available',
  'payload_not_available',
  'state_topic',
];

const mostEntities = 200;

/** Reads a discovery message for one entity or, where the component is `device`, for all of a device; null: it is none. */
export function readDiscovery(
  component: string,
  objectId: string,
  message: unknown,
): Discovery | null {
  const settings = settingsOf(message, null);
  if (settings === null) return null;
  const entities =
    component === 'device' ? componentsOf(settings) : [{ key: objectId, component, settings }];
  const device = deviceOf(fieldsOf(settings['device']), settings, objectId);
  return device && { device, entities };
}

function componentsOf(settings: Fields): readonly EntityConfig[] {
  const common = Object.fromEntries(
    shared.filter((name) => Object.hasOwn(settings, name)).map((name) => [name, settings[name]]),
  );
  const base = textOf(settings['~'], 1_000);
  return Object.entries(fieldsOf(settings['components']) ?? {})
    .slice(0, mostEntities)
    .flatMap(([key, value]) => {
      const own = settingsOf(value, base);
      const component = textOf(own?.['platform'], 40);
      // A component with nothing but its platform is one that has been taken away.
      if (own === null || component === null || Object.keys(own).length < 2) return [];
      return [{ key, component, settings: { ...common, ...own } }];
    });
}

/** The settings by their long names, with the base topic put in for `~`. */
function settingsOf(message: unknown, base: string | null): Fields | null {
  const fields = fieldsOf(message);
  if (fields === null) return null;
  const root = textOf(fields['~'], 1_000) ?? base;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const long = longNames.get(name) ?? name;
      return [long, valueOf(long, value, root)];
    }),
  );
}

function valueOf(name: string, value: unknown, root: string | null): unknown {
  if (name === 'availability') {
    const items = Array.isArray(value) ? value : [value];
    return items.slice(0, 20).map((item) => settingsOf(item, root));
  }
  if (name === 'device') return settingsOf(value, null);
  if (typeof value !== 'string' || root === null || !/(^|_)topic$/.test(name)) return value;
  if (value.startsWith('~')) return root + value.slice(1);
  return value.endsWith('~') ? value.slice(0, -1) + root : value;
}

function deviceOf(
  device: Fields | null,
  settings: Fields,
  objectId: string,
): DiscoveredDevice | null {
  const address =
    hardwareAddress(device) ??
    addressOf(firstOf(device?.['identifiers'])) ??
    addressOf(settings['unique_id']) ??
    addressOf(objectId);
  if (address === null) return null;
  const named = (name: string): string | null => textOf(device?.[name], 80);
  return {
    address,
    label: named('name') ?? textOf(settings['name'], 80) ?? address,
    vendor: named('manufacturer'),
    model: named('model') ?? named('model_id'),
    firmware: named('sw_version'),
  };
}

function firstOf(value: unknown): unknown {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'number' ? String(first) : first;
}

const ieee = /(?:^|_)(0x[0-9a-f]{16})$/i;

/** The address that stands on the device itself: of its radio or its network, wherever in the description it is given. */
function hardwareAddress(device: Fields | null): string | null {
  const connections = listOf(device?.['connections']).map((one) => listOf(one)[1]);
  const identifiers = device?.['identifiers'];
  const names = Array.isArray(identifiers) ? identifiers : [identifiers];
  for (const name of names) {
    const found = typeof name === 'string' ? ieee.exec(name)?.[1] : undefined;
    if (found !== undefined) return found.toLowerCase();
  }
  return connections.map(macOf).find((one) => one !== null) ?? addressOf(connections[0]);
}

/** Where a topic stands in discovery: which component it describes, and under which name. */
export interface DiscoveryTopic {
  component: string;
  objectId: string;
}

const components = new Set(
  `alarm_control_panel binary_sensor button camera climate cover date datetime device device_automation device_tracker
  event fan humidifier image lawn_mower light lock notify number scene select sensor siren switch tag text time update
  vacuum valve water_heater`.split(/\s+/),
);

/** `<prefix>/<component>/[<node>/]<object>/config`, with a prefix of any name or none; null for other topics. */
export function discoveryTopic(topic: string): DiscoveryTopic | null {
  const levels = topic.split('/');
  if (levels.length > 8 || levels.at(-1) !== 'config') return null;
  const at = levels.findIndex((level, index) => {
    const after = levels.length - index;
    return components.has(level) && (after === 3 || after === 4);
  });
  const component = levels[at];
  const objectId = levels.at(-2);
  if (component === undefined || objectId === undefined || objectId === '') return null;
  const node = levels.length - at === 4 ? `${levels[at + 1]}/` : '';
  return { component, objectId: node + objectId };
}

/** A setting that is text, or undefined. */
export function setting(settings: Fields, name: string): string | undefined {
  const value = field(settings, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
