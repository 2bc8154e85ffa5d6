import type { Dialect, Interpretation, Memory, Said } from '../domain/dialect.ts';
import { memoryKey } from './address.ts';
import { createDraft, type Draft, type Told } from './draft.ts';
import { discoveryTopic } from './homeassistant-config.ts';
import { discover, isButton } from './homeassistant-discovery.ts';
import { discoveryMemory } from './homeassistant-memory.ts';
import type { Role } from './homeassistant-role.ts';
import { asText, evaluate, parseTemplate, type Published } from './homeassistant-template.ts';
import { exampleOf, field, fieldsOf, numberOf, parseJson, parseText } from './loose-json.ts';
import { tellMeasure } from './measure.ts';
import { pressNamed } from './sense.ts';

/** The same press told on two topics comes within this. */
const samePressMs = 2_000;

/**
 * Home Assistant's MQTT discovery: what devices say of themselves for Home Assistant, and the states they then publish
 * anywhere. `homeassistant/` stands before each local topic.
 */
export const homeassistant: Dialect = {
  name: 'homeassistant',
  speaks: (rest) => rest.startsWith('homeassistant/'),
  read,
};

function read({ topic, payload, receivedAt }: Said, memory: Memory): Interpretation {
  const draft = createDraft(memory, receivedAt);
  const local = topic.slice('homeassistant/'.length);
  const discovery = discoveryTopic(local);
  if (discovery !== null) {
    if (payload.length === 0) discover(draft, local, discovery, undefined);
    else discover(draft, local, discovery, parseJson(payload) ?? null);
  } else if (payload.length > 0) {
    readState(draft, topic, payload, receivedAt);
  }
  return draft.done();
}

/** A topic as it is described, with the first level it may have lost on its way to us. */
function readState(draft: Draft, topic: string, payload: Uint8Array, receivedAt: number): void {
  const local = topic.slice('homeassistant/'.length);
  if (local === 'status' || local === 'homeassistant/status') return;
  const text = parseText(payload);
  if (text === null) {
    draft.refuse('The message is no text in UTF-8.');
    return;
  }
  const memory = discoveryMemory(draft);
  const listeners = [...memory.listeners(local), ...memory.listeners(topic)];
  if (listeners.length === 0) {
    draft.puzzled(local.split('/').at(-1) ?? '', text);
    return;
  }
  const published = { text, json: parseJson(payload) };
  for (const { address, role } of listeners) {
    const told = { source: address, time: null };
    if (role.kind !== 'available') draft.heard(told);
    const value = valueOf(role, published);
    if (value !== undefined && value !== null && value !== '') {
      apply(draft, { told, role, value, topic, receivedAt });
    }
  }
}

function valueOf(role: Role, published: Published): unknown {
  if (role.template === undefined) return published.text;
  const template = parseTemplate(role.template);
  return template === null ? undefined : evaluate(template, published);
}

interface Applied {
  told: Told;
  role: Role;
  value: unknown;
  topic: string;
  receivedAt: number;
}

function apply(draft: Draft, applied: Applied): void {
  const { told, role, value } = applied;
  switch (role.kind) {
    case 'sense': {
      const isActive = stateOf(draft, applied, role);
      const { part, againAfterMs } = role;
      const again = againAfterMs === undefined ? {} : { againAfterMs };
      if (isActive !== null) draft.state(told, role.sense, isActive, { part, ...again });
      return;
    }
    case 'reachable': {
      const isOnline = stateOf(draft, applied, role);
      if (isOnline !== null) draft.online(told.source, isOnline, 'homeassistant');
      return;
    }
    case 'available':
      readAvailability(draft, applied, role);
      return;
    case 'measure':
      if (!isUnknown(value)) tellMeasure(draft, told, role.measure, value, role.unit);
      return;
    case 'action':
      press(draft, applied, actionIn(value));
      return;
    case 'trigger':
      if (role.payload === undefined || isSame(value, role.payload))
        press(draft, applied, role.name);
      return;
    case 'other':
  }
}

function isUnknown(value: unknown): boolean {
  return ['none', 'unknown', 'unavailable'].includes(asText(value).toLowerCase());
}

/** Whether the value is the one of two states or the other; null for neither, which is noted unless it says nothing. */
function stateOf(
  draft: Draft,
  { told, value }: Applied,
  { on, off, part }: { on: string; off: string; part: string },
): boolean | null {
  if (isSame(value, on)) return true;
  if (isSame(value, off)) return false;
  if (!isUnknown(value)) draft.puzzled(part, value, told.source);
  return null;
}

/** As Home Assistant compares what it prints; a number is the same however it is written, and so is a truth value. */
function isSame(value: unknown, expected: string): boolean {
  const text = asText(value);
  if (text === expected) return true;
  const number = numberOf(text);
  if (number !== null) return number === numberOf(expected);
  const truth = text.toLowerCase();
  return (truth === 'true' || truth === 'false') && truth === expected.toLowerCase();
}

function readAvailability(
  draft: Draft,
  { told: { source }, value }: Applied,
  role: Role & { kind: 'available' },
): void {
  const isOnline = isSame(value, role.on);
  if (!isOnline && !isSame(value, role.off)) return;
  const key = memoryKey('reach', source);
  const known = Object.entries(fieldsOf(draft.recall(key)) ?? {});
  const reached: Record<string, boolean> = Object.fromEntries([
    ...known.map(([part, is]) => [part, is === true] as const),
    [role.part, isOnline] as const,
  ]);
  draft.remember(key, reached);
  const verdict = availability(Object.values(reached), isOnline, role);
  if (verdict !== null) draft.online(source, verdict, 'homeassistant');
}

/** Whether a device can be reached, of what its topics say; null while too few have said anything. */
function availability(
  reached: readonly unknown[],
  latest: boolean,
  { mode, among }: Role & { kind: 'available' },
): boolean | null {
  switch (mode) {
    case 'latest':
      return latest;
    case 'all':
      if (reached.includes(false)) return false;
      return reached.length >= among ? true : null;
    case 'any':
      if (reached.includes(true)) return true;
      return reached.length >= among ? false : null;
  }
}

/** The action a message names: as text, or as the `event_type` of an object. */
function actionIn(value: unknown): string {
  const object = typeof value === 'string' && value.startsWith('{') ? parsed(value) : value;
  return asText(field(object, 'event_type') ?? value);
}

function parsed(text: string): unknown {
  return parseJson(new TextEncoder().encode(text));
}

function press(draft: Draft, { told, topic, receivedAt }: Applied, action: string): void {
  const named = pressNamed(action);
  if (action === '' || action === 'None' || named === 'end') return;
  const device = discoveryMemory(draft).device(told.source);
  if (named === null || (named === 'press' && !isButton(device))) {
    draft.puzzled('action', exampleOf(action), told.source);
    return;
  }
  const key = memoryKey('press', told.source);
  const last = draft.recall(key);
  const at = numberOf(field(last, 'at')) ?? 0;
  const isEcho = field(last, 'topic') !== topic && Math.abs(receivedAt - at) < samePressMs;
  if (isEcho && last !== undefined) return;
  draft.remember(key, { at: receivedAt, topic: topic.slice(0, 200) });
  draft.tell(told, 'help.pressed');
}
