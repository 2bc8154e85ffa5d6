import type { Found } from '../domain/dialect.ts';
import { deriveProfile } from '../protocol/device/derive-profile.ts';
import type { DeviceProfile } from '../protocol/device/device-profile.ts';
import { shippedModel } from '../protocol/device/shipped-profile.ts';
import type { ProfileId } from '../protocol/profile.ts';
import type { Draft } from './draft.ts';
import { field, type Fields, fieldsOf, listOf, textOf } from './loose-json.ts';
import { type Exposed, readExposes } from './zigbee2mqtt-exposes.ts';
import {
  forgetName,
  ieeeOf,
  isMakeshift,
  makeshiftOf,
  moveMemory,
  reach,
  recallAddress,
  recallDevices,
  recallKnown,
  rememberAddress,
  rememberDevices,
  rememberKnown,
} from './zigbee2mqtt-memory.ts';

const maxDevices = 1_000;

/** `bridge/devices`: all that zigbee2mqtt speaks for. */
export function readDevices(draft: Draft, list: readonly unknown[]): void {
  const entries = list.slice(0, maxDevices).map((one) => fieldsOf(one) ?? {});
  const names = new Set(entries.map((one) => one['friendly_name']));
  const here: string[] = [];
  for (const entry of entries) {
    const address = ieeeOf(entry['ieee_address']);
    if (address === null || entry['type'] === 'Coordinator') continue;
    here.push(address);
    readDevice(draft, address, entry, names);
  }
  // It always names its own radio: a list without anything has not been made yet.
  if (entries.length === 0) return;
  const listed = new Set(here);
  for (const address of recallDevices(draft)) if (!listed.has(address)) leave(draft, address);
  rememberDevices(draft, here);
}

function readDevice(
  draft: Draft,
  address: string,
  entry: Fields,
  names: ReadonlySet<unknown>,
): void {
  const name = typeof entry['friendly_name'] === 'string' ? entry['friendly_name'] : address;
  const definition = fieldsOf(entry['definition']);
  const before = recallKnown(draft, address)?.name;
  const isRenamed = before !== undefined && before !== name && !names.has(before);
  if (isRenamed && recallAddress(draft, before) === address) forgetName(draft, before);
  const formerly = recallAddress(draft, name);
  const isMade = formerly !== null && isMakeshift(formerly);
  rememberAddress(draft, name, address);
  moveMemory(draft, makeshiftOf(name), address);
  comeBack(draft, address);
  const exposed = definition === null ? null : readExposes(definition['exposes']);
  if (exposed !== null) rememberKnown(draft, address, name, exposed);
  draft.found({
    ...foundOf(address, name, entry, exposed),
    ...(isMade ? { formerly } : {}),
  });
}

function foundOf(address: string, name: string, entry: Fields, exposed: Exposed | null): Found {
  const definition = entry['definition'];
  const vendor = textOf(field(definition, 'vendor') ?? entry['manufacturer'], 80);
  const model = textOf(field(definition, 'model') ?? entry['model_id'], 80);
  return {
    address,
    label: textOf(name, 100) ?? address,
    vendor,
    model,
    firmware: textOf(entry['software_build_id'], 80),
    profile: exposed === null ? null : profileOf(entry, exposed, vendor, model),
  };
}

function profileOf(
  entry: Fields,
  exposed: Exposed,
  vendor: string | null,
  model: string | null,
): DeviceProfile {
  // The most exact name first: makers call very different things by one and the same model identifier.
  const aliases = [entry['manufacturer'], entry['model_id']]
    .map((name) => textOf(name, 80))
    .filter((name) => name !== null);
  const shipped = shippedModel('zigbee2mqtt', model === null ? aliases : [model, ...aliases]);
  if (shipped !== null) return shipped;
  const kind = plugKind(exposed);
  return deriveProfile({
    dialect: 'zigbee2mqtt',
    vendor,
    model,
    title: textOf(field(entry['definition'], 'description'), 80),
    aliases,
    capabilities: capabilitiesOf(exposed),
    power: powerOf(entry, exposed),
    ...(kind === null ? {} : { kind }),
  });
}

/** What it can tell; one that tells nothing we know is at least heard. */
export function capabilitiesOf({ capabilities }: Exposed): DeviceProfile['capabilities'] {
  return capabilities.size === 0 ? ['device.heartbeat'] : [...capabilities];
}

const onlyMeasured = /^(battery|link|temperature|humidity|illuminance|power)\./;

function plugKind({ isPlug, hasBattery, capabilities }: Exposed): ProfileId | null {
  const isOther = [...capabilities].some((type) => !onlyMeasured.test(type));
  return isPlug && !hasBattery && !isOther ? 'plug' : null;
}

function powerOf(entry: Fields, { hasBattery }: Exposed): 'mains' | 'battery' | null {
  const source = textOf(entry['power_source'], 60)?.toLowerCase() ?? '';
  if (source.includes('battery')) return 'battery';
  if (/mains|dc source/.test(source) || entry['type'] === 'Router') return 'mains';
  return hasBattery ? 'battery' : null;
}

/** `bridge/event`: what has just become of one device. */
export function readEvent(draft: Draft, event: Fields): void {
  const data = fieldsOf(event['data']) ?? {};
  const address = ieeeOf(data['ieee_address']);
  const type = textOf(event['type'], 60) ?? '';
  if (address === null) {
    if (type.startsWith('device_')) draft.puzzled(type, data['friendly_name']);
    return;
  }
  switch (type) {
    case 'device_leave':
      leave(draft, address);
      rememberDevices(
        draft,
        recallDevices(draft).filter((one) => one !== address),
      );
      return;
    case 'device_announce':
    case 'device_joined':
      meet(draft, address, data);
      comeBack(draft, address);
      draft.heard({ source: address, time: null });
      return;
    case 'device_interview':
      readInterview(draft, address, data);
      return;
    default:
      return;
  }
}

function readInterview(draft: Draft, address: string, data: Fields): void {
  if (data['status'] === 'successful' && fieldsOf(data['definition']) !== null) {
    readDevice(draft, address, data, new Set());
    return;
  }
  meet(draft, address, data);
  if (data['status'] === 'failed') draft.puzzled('device_interview', 'failed', address);
}

/** Shows a device of which nothing but its address is known yet. */
function meet(draft: Draft, address: string, { friendly_name: said }: Fields): void {
  if (recallKnown(draft, address) !== null) return;
  const name = typeof said === 'string' ? said : address;
  const label = textOf(name, 100) ?? address;
  rememberAddress(draft, name, address);
  draft.found({ address, label, vendor: null, model: null, profile: null });
}

function leave(draft: Draft, address: string): void {
  draft.gone(address);
  draft.remember(`left ${address}`, true);
  reach(draft, address, false, 'left-network');
}

function comeBack(draft: Draft, address: string): void {
  if (draft.recall(`left ${address}`) === undefined) return;
  draft.remember(`left ${address}`, null);
  reach(draft, address, true, 'left-network');
}

/** `bridge/groups`: names under which several devices are switched at once; they are no devices. */
export function readGroups(draft: Draft, list: readonly unknown[]): void {
  const names = listOf(list)
    .map((one) => field(one, 'friendly_name'))
    .filter((name) => typeof name === 'string')
    .slice(0, maxDevices);
  if (JSON.stringify(draft.recall('groups')) !== JSON.stringify(names)) {
    draft.remember('groups', names);
  }
}
