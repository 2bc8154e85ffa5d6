import { z } from 'zod';

import type { Json } from '../domain/dialect.ts';
import { deriveProfile } from '../protocol/device/derive-profile.ts';
import type { Draft } from './draft.ts';
import { capabilitiesOf, meaningOf, Property } from './homie-property.ts';
import { type Fields, field, fieldsOf, listOf, textOf } from './loose-json.ts';

const mostProperties = 200;

const Device = z.object({
  name: z.string().optional(),
  model: z.string().optional(),
  firmware: z.string().optional(),
  children: z.array(z.string()).optional(),
  properties: z.record(z.string(), Property),
});
export type Device = z.infer<typeof Device>;

export function recallDevice(draft: Draft, address: string): Device {
  return Device.safeParse(draft.recall(`device ${address}`)).data ?? { properties: {} };
}

export function rememberDevice(draft: Draft, address: string, device: Device | null): void {
  draft.remember(`device ${address}`, device as Json);
}

/** A property as it is known; of more than so many none is. */
export function propertyOf({ properties }: Device, path: string): Property {
  return Object.hasOwn(properties, path) ? (properties[path] ?? {}) : {};
}

export function withProperty(device: Device, path: string, property: Property): Device {
  const isFull = Object.keys(device.properties).length >= mostProperties;
  if (isFull && !Object.hasOwn(device.properties, path)) return device;
  return { ...device, properties: { ...device.properties, [path]: property } };
}

/** The description of a device in Homie 5; what waited for it waits on. Null when it is none. */
export function describedDevice(message: unknown, before: Device): Device | null {
  const fields = fieldsOf(message);
  if (fields === null) return null;
  const properties = membersOf(fields['nodes']).flatMap(([node, one]) =>
    membersOf(one['properties']).map(([id, property]) => {
      const path = `${node}/${id}`;
      const { waiting } = propertyOf(before, path);
      return [
        path,
        { ...readProperty(property), ...(waiting === undefined ? {} : { waiting }) },
      ] as const;
    }),
  );
  const name = textOf(fields['name'], 80);
  const model = textOf(fields['type'], 80);
  return {
    ...(name === null ? {} : { name }),
    ...(model === null ? {} : { model }),
    children: listOf(fields['children'])
      .flatMap((id) => textOf(id, 100) ?? [])
      .slice(0, 100),
    properties: Object.fromEntries(properties.slice(0, mostProperties)),
  };
}

/** The nodes of a description, or the properties of a node: by id, or as drafts of the convention had it in a list. */
function membersOf(value: unknown): readonly (readonly [string, Fields])[] {
  const entries = Array.isArray(value)
    ? value.map((one: unknown) => [textOf(field(one, 'id'), 80) ?? '', one] as const)
    : Object.entries(fieldsOf(value) ?? {});
  return entries.slice(0, mostProperties).flatMap(([id, one]) => {
    const fields = fieldsOf(one);
    return fields === null || id === '' ? [] : [[id.slice(0, 80), fields] as const];
  });
}

function readProperty(fields: Fields): Property {
  const texts = (['name', 'datatype', 'unit', 'format'] as const).flatMap((name) => {
    const text = textOf(fields[name], 200);
    return text === null ? [] : [[name, text] as const];
  });
  return {
    ...Object.fromEntries(texts),
    ...(fields['retained'] === false ? { isMomentary: true } : {}),
  };
}

/** Whether buttons are all that a device is for, so that any press of it calls for help. */
export function isButton({ properties }: Device): boolean {
  const meanings = Object.entries(properties)
    .map(([path, property]) => meaningOf(path, property))
    .filter((meaning) => meaning?.kind !== 'measure' || meaning.measure !== 'battery');
  return meanings.length > 0 && meanings.every((meaning) => meaning?.kind === 'button');
}

/** Says what is known of a device. */
export function announce(draft: Draft, address: string, device: Device): void {
  const capabilities = Object.entries(device.properties).flatMap(([path, property]) =>
    capabilitiesOf(meaningOf(path, property)),
  );
  const { name = address, model = null, firmware = null } = device;
  const profile = deriveProfile({
    dialect: 'homie',
    vendor: null,
    model,
    title: model === null ? name : null,
    capabilities,
    power: null,
  });
  const isKnown = Object.keys(device.properties).length > 0;
  draft.found({
    address,
    label: name,
    vendor: null,
    model,
    firmware,
    profile: isKnown ? profile : null,
  });
}
