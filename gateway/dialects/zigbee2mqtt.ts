import type { Dialect, Interpretation, Memory, Said } from '../domain/dialect.ts';
import { createDraft, type Draft, type Told } from './draft.ts';
import { localTime } from './local-time.ts';
import {
  epochOf,
  field,
  type Fields,
  fieldsOf,
  parseJson,
  parseText,
  textOf,
} from './loose-json.ts';
import { readDevices, readEvent, readGroups } from './zigbee2mqtt-bridge.ts';
import {
  ieeeOf,
  isGroup,
  isMakeshift,
  makeshiftOf,
  reach,
  recallAddress,
  recallKnown,
  rememberAddress,
  rememberJson,
  rememberReach,
  speaksJson,
} from './zigbee2mqtt-memory.ts';
import { tellState } from './zigbee2mqtt-state.ts';

const prefix = 'zigbee2mqtt/';

/** Zigbee devices behind zigbee2mqtt; https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html */
export const zigbee2mqtt: Dialect = {
  name: 'zigbee2mqtt',
  speaks: (rest) => rest.startsWith(prefix),
  read: (said, memory) => {
    const name = said.topic.slice(prefix.length);
    if (name === 'bridge/state') return readBridgeState(said, memory);
    const draft = createDraft(memory, said.receivedAt);
    if (name.startsWith('bridge/')) readBridge(draft, name.slice('bridge/'.length), said);
    else readName(draft, name, said);
    return draft.done();
  },
};

function readBridgeState({ payload }: Said, memory: Memory): Interpretation {
  const state = onlineOf(payload);
  if (state === null) {
    return { readings: [], refused: ['zigbee2mqtt says neither that it is online nor offline.'] };
  }
  if (memory.get('bridge') === state) return { readings: [], refused: [] };
  const type = state ? 'reach.restored' : 'reach.lost';
  const reading = { id: null, type, time: null, data: { by: 'zigbee2mqtt' } } as const;
  return { readings: [reading], refused: [], remember: new Map([['bridge', state]]) };
}

/** `online` and `offline`, in plain text as once or in JSON as now. */
function onlineOf(payload: Uint8Array): boolean | null {
  const json = parseJson(payload);
  const word = textOf(field(json, 'state') ?? json, 20) ?? parseText(payload);
  if (word === 'online') return true;
  return word === 'offline' ? false : null;
}

function readBridge(draft: Draft, topic: string, { payload }: Said): void {
  if (!['devices', 'groups', 'event'].includes(topic) || payload.length === 0) return;
  const json = parseJson(payload);
  if (topic === 'event') {
    const event = fieldsOf(json);
    if (event === null) draft.refuse('`bridge/event` is no JSON object.');
    else readEvent(draft, event);
  } else if (!Array.isArray(json)) {
    draft.refuse(`\`bridge/${topic}\` is no JSON list; restart zigbee2mqtt to have it sent again.`);
  } else if (topic === 'devices') readDevices(draft, json);
  else readGroups(draft, json);
}

const request = /\/(set|get)(\/[^/]*)?$/;
const availability = '/availability';

/** No device says so much at once. */
const maxBytes = 65_536;

function readName(draft: Draft, name: string, said: Said): void {
  // Empty is how zigbee2mqtt has a broker forget what a name said last.
  if (name === '' || name === 'bridge' || said.payload.length === 0 || request.test(name)) return;
  if (name.endsWith(availability)) {
    readAvailability(draft, name.slice(0, -availability.length), said);
    return;
  }
  if (said.payload.length > maxBytes) {
    draft.refuse(`A device's message has at most ${maxBytes} bytes; see what publishes this.`);
    return;
  }
  const json = parseJson(said.payload);
  const state = fieldsOf(json);
  if (state !== null) readState(draft, name, state, said);
  else readAttribute(draft, name, json ?? parseText(said.payload), said);
}

function readAvailability(draft: Draft, name: string, { payload }: Said): void {
  const isOnline = onlineOf(payload);
  if (isOnline === null) {
    draft.refuse('The availability is neither online nor offline.');
    return;
  }
  if (isGroup(draft, name)) return;
  const address = recallAddress(draft, name) ?? ieeeOf(name);
  if (address === null || isMakeshift(address)) rememberReach(draft, name, isOnline);
  else reach(draft, address, isOnline, 'unreachable');
}

function readState(draft: Draft, name: string, state: Fields, said: Said): void {
  if (isGroup(draft, name)) return;
  const address = recallAddress(draft, name) ?? meetBy(draft, name, state);
  rememberJson(draft, address);
  tellState(
    draft,
    toldBy(address, state['last_seen'], said),
    state,
    recallKnown(draft, address),
    said.receivedAt,
  );
}

/** A device that speaks before zigbee2mqtt has said who it is. */
function meetBy(draft: Draft, name: string, { device }: Fields): string {
  const own = ieeeOf(name) ?? ieeeOf(field(device, 'ieeeAddr') ?? field(device, 'ieee_address'));
  const address = own ?? makeshiftOf(name);
  rememberAddress(draft, name, address);
  if (recallKnown(draft, address) === null) {
    draft.found({
      address,
      label: textOf(name, 100) ?? address,
      vendor: textOf(field(device, 'manufacturerName'), 80),
      model: textOf(field(device, 'model') ?? field(device, 'modelID'), 80),
      profile: null,
    });
  }
  return address;
}

/** With `output: attribute` each property has a topic of its own, below the device's name. */
function readAttribute(draft: Draft, topic: string, value: unknown, said: Said): void {
  const at = topic.lastIndexOf('/');
  const address = at < 1 ? null : recallAddress(draft, topic.slice(0, at));
  if (address === null || Array.isArray(value)) {
    draft.refuse('A device’s message is a JSON object; set `output: json` in zigbee2mqtt.');
    return;
  }
  if (speaksJson(draft, address)) return;
  const state = { [topic.slice(at + 1)]: value };
  const told = { source: address, time: null };
  tellState(draft, told, state, recallKnown(draft, address), said.receivedAt);
}

/** A clock that tells a year before this has not been set. */
const firstInstant = Date.UTC(2020, 0);

function toldBy(source: string, lastSeen: unknown, { timeZone, receivedAt }: Said): Told {
  const time = localTime(lastSeen, timeZone, receivedAt) ?? epochOf(lastSeen);
  if (time === null || time < firstInstant) return { source, time: null };
  // Two changes may fall in one whole second, so that only a finer time tells a message by.
  return time % 1_000 === 0 ? { source, time } : { source, time, mark: time };
}
