import type { Dialect, Interpretation, Memory, Said } from '../domain/dialect.ts';
import { glimpse } from './acquaintance.ts';
import { macOf, memoryKey } from './address.ts';
import { createDraft, type Draft, type Told } from './draft.ts';
import { localTime } from './local-time.ts';
import {
  type Fields,
  field,
  fieldsOf,
  listOf,
  parseJson,
  parseText,
  textOf,
} from './loose-json.ts';
import { tellMeasure } from './measure.ts';
import { readSensors } from './tasmota-sensor.ts';
import {
  describedTopic,
  deviceAddress,
  learnAddress,
  type TasmotaTopic,
  tasmotaTopic,
} from './tasmota-topic.ts';
import { readZigbee } from './tasmota-zigbee.ts';

/** Tasmota, with the Zigbee devices behind it. `tasmota/` stands before each of its own topics. */
export const tasmota: Dialect = {
  name: 'tasmota',
  speaks: (rest) => rest.startsWith('tasmota/'),
  read,
};

const discovery = /(?:^|\/)discovery\/([0-9a-f]{12})\/(config|sensors)$/i;

function read(said: Said, memory: Memory): Interpretation {
  const draft = createDraft(memory, said.receivedAt);
  const local = said.topic.slice('tasmota/'.length);
  const [, mac, what] = discovery.exec(local) ?? [];
  const topic = tasmotaTopic(local);
  if (said.payload.length === 0) return draft.done();
  if (mac !== undefined) {
    if (what === 'config') readConfig(draft, mac, parseJson(said.payload));
  } else if (topic === null) {
    if (!/(^|\/)cmnd\//.test(local))
      draft.puzzled(local.split('/').at(-1) ?? '', parseText(said.payload) ?? '');
  } else {
    readTopic(draft, said, topic);
  }
  return draft.done();
}

/** What a device says of itself to whoever looks for it. */
function readConfig(draft: Draft, inTopic: string, config: unknown): void {
  const base = describedTopic(config);
  const mac = macOf(field(config, 'mac')) ?? macOf(inTopic);
  if (base === null || mac === null) {
    draft.refuse('A discovery message is a JSON object with the topic `t`.');
    return;
  }
  const formerly = learnAddress(draft, base, mac);
  const relays = listOf(field(config, 'rl'));
  const isButton =
    relays.length > 0 &&
    relays.every((relay) => relay === 0) &&
    listOf(field(config, 'btn')).includes(1);
  draft.remember(memoryKey('button', base), isButton ? true : null);
  const words = [textOf(field(config, 'onln'), 40), textOf(field(config, 'ofln'), 40)];
  draft.remember(memoryKey('will', base), words.includes(null) ? null : words);
  glimpse(draft, {
    dialect: 'tasmota',
    address: mac,
    label: textOf(field(config, 'dn'), 80) ?? base,
    vendor: 'Tasmota',
    model: textOf(field(config, 'md'), 80),
    firmware: textOf(field(config, 'sw'), 80),
    power: field(config, 'bat') === 1 ? 'battery' : 'mains',
    capabilities: isButton ? ['help.pressed'] : [],
    ...(formerly === undefined ? {} : { formerly }),
  });
}

function readTopic(draft: Draft, said: Said, { base, kind }: TasmotaTopic): void {
  if (kind === 'LWT') {
    readWill(draft, base, parseText(said.payload));
    return;
  }
  if (/^POWER\d*$/.test(kind)) {
    draft.heard({ source: deviceAddress(draft, base), time: null });
    return;
  }
  const message = fieldsOf(parseJson(said.payload));
  if (message === null) {
    draft.refuse(`${kind.slice(0, 40)} is a JSON object.`);
    return;
  }
  // With SetOption118 what was received stands under a topic of its own.
  const told = kind === 'ZbReceived' ? { ZbReceived: message } : message;
  readMessage(draft, said, { base, kind }, told);
}

function readWill(draft: Draft, base: string, text: string | null): void {
  const source = deviceAddress(draft, base);
  const [online, offline] = listOf(draft.recall(memoryKey('will', base)));
  if (text === 'Online' || (text !== null && text === online)) {
    draft.online(source, true, 'tasmota');
    draft.heard({ source, time: null });
  } else if (text === 'Offline' || (text !== null && text === offline)) {
    draft.online(source, false, 'tasmota');
  } else {
    draft.puzzled('LWT', text ?? '', source);
  }
}

function readMessage(
  draft: Draft,
  { timeZone, receivedAt }: Said,
  { base, kind }: TasmotaTopic,
  message: Fields,
): void {
  const mac = macOf(field(message, 'StatusNET', 'Mac'));
  const formerly = mac === null ? undefined : learnAddress(draft, base, mac);
  const source = deviceAddress(draft, base);
  const time = localTime(message['Time'], timeZone, receivedAt);
  const told: Told = { source, time };
  draft.heard(told);
  tellMeasure(draft, told, 'rssi', field(message, 'Wifi', 'Signal'));
  readZigbee(draft, base, message, time);
  const isButton = draft.recall(memoryKey('button', base)) === true;
  const sensing = /^(SENSOR|STATE|RESULT|BUTTON\d*|SWITCH\d*)$/.test(kind);
  const { capabilities, neighbours } = readSensors(draft, told, sensing ? message : {}, isButton);
  const info = field(message, 'Info1') ?? message;
  const module = kind === 'INFO1' ? textOf(field(info, 'Module'), 80) : null;
  const version = kind === 'INFO1' ? textOf(field(info, 'Version'), 80) : null;
  glimpse(draft, {
    dialect: 'tasmota',
    address: source,
    vendor: 'Tasmota',
    capabilities,
    ...(module === null ? {} : { model: module }),
    ...(version === null ? {} : { firmware: version }),
    ...(draft.recall(`about ${source}`) === undefined ? { label: base, power: 'mains' } : {}),
    ...(formerly === undefined ? {} : { formerly }),
  });
  for (const [address, { label, capabilities: can }] of neighbours) {
    glimpse(draft, { dialect: 'tasmota', address, label, power: 'battery', capabilities: can });
  }
}
