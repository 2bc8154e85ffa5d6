import type { Dialect, Interpretation, Memory, Said } from '../domain/dialect.ts';
import { addressOf } from './address.ts';
import { createDraft, type Draft, type Told } from './draft.ts';
import {
  announce,
  describedDevice,
  type Device,
  isButton,
  propertyOf,
  recallDevice,
  rememberDevice,
  withProperty,
} from './homie-device.ts';
import { type Property, readValue } from './homie-property.ts';
import { type HomieTopic, homieTopic } from './homie-topic.ts';
import { parseJson, parseText } from './loose-json.ts';
import { tellMeasure } from './measure.ts';

/** The Homie convention, 3 to 5. A device's id is its address: the convention keeps it the same for ever. */
export const homie: Dialect = {
  name: 'homie',
  speaks: (rest) => rest.startsWith('homie/'),
  read,
};

function read({ topic, payload, receivedAt }: Said, memory: Memory): Interpretation {
  const draft = createDraft(memory, receivedAt);
  const at = homieTopic(topic);
  const address = at === null ? null : addressOf(at.device);
  if (at === null || address === null) return draft.done();
  const text = parseText(payload);
  if (text === null) draft.refuse('The message is no text in UTF-8.');
  else readPart(draft, address, at, { text, payload });
  return draft.done();
}

interface Body {
  text: string;
  payload: Uint8Array;
}

function readPart(draft: Draft, address: string, at: HomieTopic, body: Body): void {
  if (body.payload.length === 0) {
    if (at.kind === 'device' && isWhole(at.attribute)) remove(draft, address);
    return;
  }
  const told = { source: address, time: null };
  switch (at.kind) {
    case 'device':
      readDevice(draft, told, at, body);
      return;
    case 'node':
      draft.heard(told);
      return;
    case 'property':
      draft.heard(told);
      learn(draft, told, at.path, attributeOf(at.attribute, body.text));
      return;
    case 'value':
      draft.heard(told);
      hear(draft, told, at.path, body.text);
  }
}

/** What a device has no longer when it is taken away. */
function isWhole(attribute: string): boolean {
  return ['$state', '$homie', '$description'].includes(attribute);
}

function remove(draft: Draft, address: string): void {
  rememberDevice(draft, address, null);
  draft.gone(address);
}

function readDevice(
  draft: Draft,
  told: Told,
  { attribute, name }: HomieTopic & { kind: 'device' },
  { text, payload }: Body,
): void {
  const { source } = told;
  switch (attribute) {
    case '$state':
      readState(draft, told, text);
      return;
    case '$description':
      describe(draft, told, parseJson(payload));
      return;
    case '$alert':
      draft.heard(told);
      draft.puzzled(`$alert/${name}`, text, source);
      return;
    case '$log':
      draft.heard(told);
      if (/^(warn|error|fatal)$/.test(name)) draft.puzzled(`$log/${name}`, text, source);
      return;
    case '$stats':
      draft.heard(told);
      if (name === 'battery') tellMeasure(draft, told, 'battery', text);
      return;
    default:
      draft.heard(told);
      readAttribute(draft, source, `${attribute}${name === '' ? '' : `/${name}`}`, text);
  }
}

/** The attributes by which Homie 3 and 4 say what a device is. */
function readAttribute(draft: Draft, address: string, attribute: string, text: string): void {
  const name = { $name: 'name', '$fw/version': 'firmware', $implementation: 'model' }[attribute];
  if (name === undefined) return;
  const device = { ...recallDevice(draft, address), [name]: text.slice(0, 80) };
  rememberDevice(draft, address, device);
  announce(draft, address, device);
}

const reachable = new Map([
  ['ready', true],
  ['sleeping', true],
  ['alert', true],
  ['lost', false],
  ['disconnected', false],
]);

function readState(draft: Draft, told: Told, state: string): void {
  const isOnline = reachable.get(state);
  if (isOnline === undefined && state !== 'init') draft.puzzled('$state', state, told.source);
  if (state === 'alert') draft.puzzled('$state', state, told.source);
  if (isOnline !== false) draft.heard(told);
  if (isOnline === undefined) return;
  const device = recallDevice(draft, told.source);
  if (state === 'ready') announce(draft, told.source, device);
  reach(draft, told.source, isOnline, 0);
}

/** A device speaks for its children too: when it is lost, they are. */
function reach(draft: Draft, address: string, isOnline: boolean, depth: number): void {
  draft.online(address, isOnline, 'homie');
  if (depth > 2) return;
  for (const id of recallDevice(draft, address).children ?? []) {
    const child = addressOf(id);
    if (child !== null && child !== address) reach(draft, child, isOnline, depth + 1);
  }
}

function describe(draft: Draft, told: Told, message: unknown): void {
  const device = describedDevice(message, recallDevice(draft, told.source));
  if (device === null) {
    draft.refuse('A description is a JSON object.');
    return;
  }
  draft.heard(told);
  rememberDevice(draft, told.source, device);
  announce(draft, told.source, device);
  for (const path of Object.keys(device.properties)) catchUp(draft, told, path);
}

function attributeOf(attribute: string, text: string): Partial<Property> {
  const value = text.slice(0, 200);
  switch (attribute) {
    case '$name':
      return { name: value };
    case '$datatype':
      return { datatype: value };
    case '$unit':
      return { unit: value };
    case '$format':
      return { format: value };
    case '$retained':
      return { isMomentary: text === 'false' };
    default:
      return {};
  }
}

function learn(draft: Draft, told: Told, path: string, learnt: Partial<Property>): void {
  if (Object.keys(learnt).length === 0) return;
  const before = recallDevice(draft, told.source);
  const device = withProperty(before, path, { ...propertyOf(before, path), ...learnt });
  rememberDevice(draft, told.source, device);
  announce(draft, told.source, device);
  catchUp(draft, told, path);
}

/** What was said before enough was known to understand it: descriptions and values come in any order. */
function catchUp(draft: Draft, told: Told, path: string): void {
  const device = recallDevice(draft, told.source);
  const { waiting, ...property } = propertyOf(device, path);
  if (waiting === undefined || property.isMomentary === true) return;
  const value = { path, property, value: waiting, isButton: false };
  if (readValue(draft, told, value)) keep(draft, told, device, path, property);
}

function hear(draft: Draft, told: Told, path: string, value: string): void {
  const device = recallDevice(draft, told.source);
  const { waiting, ...property } = propertyOf(device, path);
  if (readValue(draft, told, { path, property, value, isButton: isButton(device) })) {
    if (waiting !== undefined) keep(draft, told, device, path, property);
    return;
  }
  draft.puzzled(path, value, told.source);
  if (value.length > 100 || waiting === value) return;
  keep(draft, told, device, path, { ...property, waiting: value });
}

function keep(draft: Draft, told: Told, device: Device, path: string, property: Property): void {
  rememberDevice(draft, told.source, withProperty(device, path, property));
}
