import type { EventType } from '../protocol/catalogue.ts';
import { deriveProfile } from '../protocol/device/derive-profile.ts';
import type { Draft } from './draft.ts';
import { eventId } from './event-id.ts';
import {
  type DiscoveredDevice,
  type Discovery,
  type DiscoveryTopic,
  readDiscovery,
} from './homeassistant-config.ts';
import { type Device, type DiscoveryMemory, discoveryMemory } from './homeassistant-memory.ts';
import {
  availabilityOf,
  capabilitiesOf,
  type Entity,
  entityOf,
  type Role,
} from './homeassistant-role.ts';
import { parseTemplate } from './homeassistant-template.ts';

/** So many entities at most are told apart on one topic. */
const mostListeners = 1_000;

/** Takes in what a discovery message describes; `message` is undefined when it is empty, which takes it back. */
export function discover(
  draft: Draft,
  topic: string,
  { component, objectId }: DiscoveryTopic,
  message: unknown,
): void {
  const memory = discoveryMemory(draft);
  if (message === undefined) {
    forget(draft, memory, topic, null);
    return;
  }
  const discovery = readDiscovery(component, objectId, message);
  if (discovery === null) {
    draft.refuse('A discovery message is a JSON object that says which device it is of.');
    return;
  }
  const { address } = discovery.device;
  const digest = eventId(JSON.stringify(message));
  if (memory.config(topic)?.digest !== digest) {
    forget(draft, memory, topic, address);
    take(draft, memory, topic, digest, discovery);
  }
  describe(draft, discovery.device, memory.device(address));
}

function take(
  draft: Draft,
  memory: DiscoveryMemory,
  config: string,
  digest: string,
  { device: { address }, entities }: Discovery,
): void {
  const topics = new Set<string>();
  const listen = (topic: string, role: Role, owner: string): void => {
    const others = memory.listeners(topic);
    if (others.length >= mostListeners) draft.puzzled('topic', topic, address);
    else
      memory.listen(topic, [
        ...others,
        { address, config: owner, role: checked(draft, address, role) },
      ]);
  };
  const device = memory.device(address);
  const available = new Set(device.available);
  const read = entities.map((entity) => entityOf(entity));
  for (const { topic, role } of read) {
    if (topic === null) continue;
    topics.add(topic);
    listen(topic, role, config);
  }
  for (const { topic, role } of entities.flatMap((entity) => availabilityOf(entity))) {
    if (available.has(topic)) continue;
    available.add(topic);
    listen(topic, role, '');
  }
  memory.keepConfig(config, { address, topics: [...topics], digest });
  memory.keepDevice(address, {
    parts: { ...device.parts, [eventId(config)]: partOf(read) },
    available: [...available],
  });
}

function partOf(entities: readonly Entity[]): Device['parts'][string] {
  return {
    natures: [...new Set(entities.map(({ nature }) => nature))],
    capabilities: [...new Set(entities.flatMap(({ role }) => capabilitiesOf(role)))],
  };
}

/** The role, or one without meaning where its template is beyond what is read here: nothing is guessed. */
function checked(draft: Draft, address: string, role: Role): Role {
  if (role.template === undefined || parseTemplate(role.template) !== null) return role;
  if (role.kind !== 'other') draft.puzzled('value_template', role.template, address);
  return { part: role.part, kind: 'other' };
}

/** Takes back what a discovery message said; its device is gone with its last, unless it is the one to stay. */
function forget(draft: Draft, memory: DiscoveryMemory, config: string, stays: string | null): void {
  const known = memory.config(config);
  if (known === null) return;
  const { address } = known;
  for (const topic of known.topics) {
    const others = memory.listeners(topic).filter((one) => one.config !== config);
    memory.listen(topic, others);
  }
  memory.keepConfig(config, null);
  const device = memory.device(address);
  const { [eventId(config)]: _, ...parts } = device.parts;
  if (Object.keys(parts).length > 0 || address === stays) {
    memory.keepDevice(address, { ...device, parts });
    return;
  }
  for (const topic of device.available) {
    const others = memory
      .listeners(topic)
      .filter((one) => one.address !== address || one.config !== '');
    memory.listen(topic, others);
  }
  memory.keepDevice(address, null);
  draft.gone(address);
}

function describe(draft: Draft, discovered: DiscoveredDevice, device: Device): void {
  const { address, label, vendor, model, firmware } = discovered;
  const parts = Object.values(device.parts);
  const capabilities: EventType[] = parts.flatMap((part) => part.capabilities);
  if (isButton(device) || parts.some(({ natures }) => natures.includes('button'))) {
    capabilities.push('help.pressed');
  }
  const power = capabilities.some((type) => type.startsWith('battery.')) ? 'battery' : null;
  const profile = deriveProfile({
    dialect: 'homeassistant',
    vendor,
    model,
    title: null,
    capabilities,
    power,
  });
  draft.found({ address, label, vendor, model, firmware, profile });
}

/** Whether buttons are all that a device is for, so that any press of it calls for help. */
export function isButton(device: Device): boolean {
  const natures = new Set(Object.values(device.parts).flatMap((part) => part.natures));
  return natures.has('button') && !natures.has('other');
}
