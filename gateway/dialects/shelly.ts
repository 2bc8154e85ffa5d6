import type { Dialect, Interpretation, Memory, Said } from '../domain/dialect.ts';
import type { EventType } from '../protocol/catalogue.ts';
import { glimpse } from './acquaintance.ts';
import { addressOf, macOf, memoryKey } from './address.ts';
import { createDraft, type Draft, type Told } from './draft.ts';
import { secondsTime } from './local-time.ts';
import {
  type Fields,
  field,
  fieldsOf,
  listOf,
  numberOf,
  parseJson,
  parseText,
  textOf,
} from './loose-json.ts';
import { tellMeasure } from './measure.ts';
import { pressNamed } from './sense.ts';
import { kindOf, readBeacon, readComponent } from './shelly-component.ts';

/**
 * Shelly from its second generation on, over MQTT: notifications, statuses and its will. `shelly/` stands before the
 * device's own topic prefix, which is its id unless somebody has changed it.
 */
export const shelly: Dialect = {
  name: 'shelly',
  speaks: (rest) => rest.startsWith('shelly/'),
  read,
};

const spoken = /^shelly\/(.+)\/(events\/rpc|online|status\/([^/]+))$/s;

function read({ topic, payload, receivedAt }: Said, memory: Memory): Interpretation {
  const draft = createDraft(memory, receivedAt);
  const [, prefix, what, component] = spoken.exec(topic) ?? [];
  if (payload.length === 0) return draft.done();
  if (prefix === undefined) {
    if (!isForOthers(topic)) draft.puzzled(topic.split('/').at(-1) ?? '', parseText(payload) ?? '');
  } else if (component !== undefined) {
    readStatus(draft, prefix, component, parseJson(payload));
  } else if (what === 'online') {
    readOnline(draft, prefix, parseText(payload));
  } else {
    readNotification(draft, prefix, parseJson(payload));
  }
  return draft.done();
}

/** What others say to the device, what it answers them, and its log. */
function isForOthers(topic: string): boolean {
  return /\/(rpc|command|command\/[^/]+|debug\/.+)$/s.test(topic);
}

const samePacketMs = 10_000;

const ownId = /^shelly[a-z0-9]*-[0-9a-f]{6,12}$/i;

/** The device's id, in which its hardware address stands; a makeshift while only a chosen prefix is known. */
function sourceOf(draft: Draft, prefix: string): string | null {
  const known = draft.recall(memoryKey('prefix', prefix));
  if (typeof known === 'string' && known !== '') return known;
  const last = prefix.split('/').at(-1) ?? '';
  if (ownId.test(last)) return last.toLowerCase();
  const makeshift = addressOf(`topic:${prefix}`);
  if (makeshift !== null) draft.remember(memoryKey('met', prefix), true);
  return makeshift;
}

/** Its own word for who it is; from then on what comes under its prefix is its. */
function introduce(draft: Draft, prefix: string, src: unknown): string | null {
  const id = addressOf(src);
  if (id === null) return sourceOf(draft, prefix);
  const last = prefix.split('/').at(-1)?.toLowerCase();
  if (last !== id) draft.remember(memoryKey('prefix', prefix), id);
  if (draft.recall(memoryKey('met', prefix)) !== undefined) {
    draft.remember(memoryKey('met', prefix), null);
    const formerly = addressOf(`topic:${prefix}`);
    if (formerly !== null) show(draft, id, [], formerly);
  }
  return id;
}

function show(
  draft: Draft,
  address: string,
  capabilities: readonly EventType[],
  formerly?: string,
): void {
  const model = /^(shelly[a-z0-9]*)-/.exec(address)?.[1] ?? null;
  const power = capabilities.includes('battery.measured') ? { power: 'battery' as const } : {};
  const all = isButton(address) ? ['help.pressed' as const, ...capabilities] : capabilities;
  glimpse(draft, {
    dialect: 'shelly',
    address,
    vendor: 'Shelly',
    model,
    capabilities: all,
    ...power,
    ...(formerly === undefined ? {} : { formerly }),
  });
}

/** A model that is nothing but buttons, so that a push of it calls for help; on any other it may be for the lamp. */
function isButton(id: string): boolean {
  return /^shelly[a-z0-9]*(button|remote|i4)/.test(id);
}

function readOnline(draft: Draft, prefix: string, text: string | null): void {
  const source = sourceOf(draft, prefix);
  if (source === null) return;
  if (text !== 'true' && text !== 'false') {
    draft.puzzled('online', text ?? '', source);
    return;
  }
  draft.online(source, text === 'true', 'shelly');
  if (text === 'true') draft.heard({ source, time: null });
}

function readStatus(draft: Draft, prefix: string, component: string, message: unknown): void {
  const source = sourceOf(draft, prefix);
  const status = fieldsOf(message);
  if (source === null || status === null) {
    draft.refuse('A status is a JSON object.');
    return;
  }
  const told = { source, time: null };
  draft.heard(told);
  show(draft, source, readPart(draft, told, component, status));
}

function readNotification(draft: Draft, prefix: string, message: unknown): void {
  const parameters = fieldsOf(field(message, 'params'));
  const method = textOf(field(message, 'method'), 40);
  if (parameters === null || method === null) {
    draft.refuse('A notification is a JSON object with `method` and `params`.');
    return;
  }
  const source = introduce(draft, prefix, field(message, 'src'));
  if (source === null) return;
  const told = stamped(source, parameters['ts']);
  draft.heard(told);
  switch (method) {
    case 'NotifyStatus':
    case 'NotifyFullStatus': {
      const capabilities = Object.entries(parameters).flatMap(([component, value]) => {
        const status = fieldsOf(value);
        return status === null ? [] : readPart(draft, told, component, status);
      });
      show(draft, source, capabilities);
      return;
    }
    case 'NotifyEvent':
      show(draft, source, []);
      for (const event of listOf(parameters['events']).slice(0, 100)) readEvent(draft, told, event);
      return;
    default:
      draft.puzzled('method', method, source);
  }
}

/** A time of the device's own, which also tells this message from all others of it. */
function stamped(source: string, seconds: unknown): Told {
  const time = secondsTime(seconds);
  return time === null ? { source, time } : { source, time, mark: String(seconds) };
}

/** The status of a component, or of another device that this one hears over Bluetooth. */
function readPart(
  draft: Draft,
  told: Told,
  component: string,
  status: Fields,
): readonly EventType[] {
  const kind = kindOf(component);
  if (kind === 'bthomedevice') {
    readNeighbour(draft, told.source, component, status);
    return [];
  }
  if (kind === 'bthomesensor' && status['value'] !== undefined) {
    draft.puzzled(component, status['value'], told.source);
  }
  return readComponent(draft, told, component, status);
}

function neighbourOf(source: string, component: string): string {
  return addressOf(`${source}/${component}`) ?? source;
}

/** What the gateway last heard of a Bluetooth device; told again, it is no sign of life. */
function readNeighbour(draft: Draft, gateway: string, component: string, status: Fields): void {
  const source = neighbourOf(gateway, component);
  const heardAt = status['last_updated_ts'];
  const key = memoryKey('fresh', source);
  if (heardAt === null || (heardAt !== undefined && draft.recall(key) === heardAt)) return;
  if (typeof heardAt === 'number') draft.remember(key, heardAt);
  const told = stamped(source, heardAt);
  draft.heard(told);
  tellMeasure(draft, told, 'battery', status['battery']);
  tellMeasure(draft, told, 'rssi', status['rssi']);
  meetNeighbour(draft, source, component, ['battery.measured', 'link.measured']);
}

function meetNeighbour(
  draft: Draft,
  address: string,
  label: string,
  capabilities: readonly EventType[],
): void {
  const power = 'battery';
  glimpse(draft, { dialect: 'shelly', address, label, vendor: 'Shelly', power, capabilities });
}

function readEvent(draft: Draft, message: Told, event: unknown): void {
  const component = textOf(field(event, 'component'), 80);
  const name = textOf(field(event, 'event'), 80);
  if (component === null || name === null) return;
  const at = stamped(message.source, field(event, 'ts'));
  const told = at.time === null ? message : at;
  const data = fieldsOf(field(event, 'data'));
  const beacon = macOf(field(data, 'address'));
  if (data !== null && beacon !== null) {
    readScriptEvent(draft, told, beacon, data);
    return;
  }
  const kind = kindOf(component);
  if (kind === 'bthomedevice')
    readNeighbourEvent(draft, told, component, name, field(event, 'idx'));
  else if (kind === 'input') readPush(draft, told, component, name);
  else if (!isAboutItself(name) && kind !== 'bthomesensor')
    draft.puzzled(component, name, told.source);
}

function isAboutItself(name: string): boolean {
  return /^(config_changed|sleep|ota_|scheduled_restart|component_|cfg_|sta_|boot|wakeup|sys_)/.test(
    name,
  );
}

function readScriptEvent(draft: Draft, message: Told, source: string, data: Fields): void {
  const counter = numberOf(data['pid']);
  if (isEcho(draft, source, counter, message.time)) return;
  const mark = [message.mark ?? '', counter ?? ''].join(' ');
  const told = { source, time: message.time, ...(message.mark === undefined ? {} : { mark }) };
  draft.heard(told);
  meetNeighbour(draft, source, source, readBeacon(draft, told, data));
}

/** Whether another gateway has passed the same packet on; its counter begins anew after 255. */
function isEcho(
  draft: Draft,
  source: string,
  counter: number | null,
  time: number | null,
): boolean {
  if (counter === null || time === null) return false;
  const key = memoryKey('packet', source);
  const last = draft.recall(key);
  const at = numberOf(field(last, 'at')) ?? 0;
  if (field(last, 'counter') === counter && Math.abs(time - at) < samePacketMs) return true;
  draft.remember(key, { counter, at: time });
  return false;
}

function readNeighbourEvent(
  draft: Draft,
  message: Told,
  component: string,
  name: string,
  index: unknown,
): void {
  const source = neighbourOf(message.source, component);
  const told = marked({ ...message, source }, `${component} ${name} ${numberOf(index) ?? ''}`);
  const press = pressNamed(name);
  if (press === null && isAboutItself(name)) return;
  draft.heard(told);
  if (press === null) draft.puzzled(component, name, source);
  if (press !== 'press' && press !== 'call') return;
  draft.tell(told, 'help.pressed');
  meetNeighbour(draft, source, component, ['help.pressed']);
}

/** `btn_down` and `btn_up` stand around each push, which is told by itself. */
function readPush(draft: Draft, told: Told, component: string, name: string): void {
  if (/^(btn_down|btn_up|config_changed)$/.test(name)) return;
  const isPush = pressNamed(name) === 'press';
  if (isPush && isButton(told.source)) {
    draft.tell(marked(told, `${component} ${name}`), 'help.pressed');
    return;
  }
  draft.puzzled(component, name, told.source);
}

function marked(told: Told, name: string): Told {
  return told.mark === undefined ? told : { ...told, mark: `${told.mark} ${name}` };
}
