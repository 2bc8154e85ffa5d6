import type { Json } from '../domain/dialect.ts';
import { memoryKey } from './address.ts';
import type { Draft } from './draft.ts';
import { eventId } from './event-id.ts';
import { field, fieldsOf, listOf, textOf } from './loose-json.ts';
import { isSense } from './sense.ts';
import { type Exposed, type Flag, usualFlag } from './zigbee2mqtt-exposes.ts';
import type { Known } from './zigbee2mqtt-state.ts';

const ieee = /^0x[0-9a-f]{1,16}$/i;

/** An IEEE address in small letters; null for anything else. */
export function ieeeOf(value: unknown): string | null {
  return typeof value === 'string' && ieee.test(value) ? value.toLowerCase() : null;
}

/** A stand-in for the address of a device that is known by its name alone. */
export function makeshiftOf(name: string): string {
  const text = textOf(name, 100);
  return `name:${text === name ? name : `${text ?? ''}~${eventId(name)}`}`;
}

export function isMakeshift(address: string): boolean {
  return address.startsWith('name:');
}

function nameKey(name: string): string {
  return memoryKey('name', name);
}

/** The address behind a friendly name; null while none is known. */
export function recallAddress(draft: Draft, name: string): string | null {
  const address = draft.recall(nameKey(name));
  return typeof address === 'string' && address !== '' && address.length <= 128 ? address : null;
}

export function rememberAddress(draft: Draft, name: string, address: string): void {
  if (recallAddress(draft, name) !== address) draft.remember(nameKey(name), address);
}

export function forgetName(draft: Draft, name: string): void {
  draft.remember(nameKey(name), null);
}

/** What was kept of a device's description; null while zigbee2mqtt has not told it. */
export function recallKnown(draft: Draft, address: string): (Known & { name: string }) | null {
  const kept = fieldsOf(draft.recall(`device ${address}`));
  if (kept === null) return null;
  const flags = new Map<string, Flag | null>();
  for (const [property, flag] of Object.entries(fieldsOf(kept['flags']) ?? {})) {
    const [sense, on, off] = listOf(flag);
    if (flag === null) flags.set(property, null);
    else if (isSense(sense)) flags.set(property, { sense, on: jsonOf(on), off: jsonOf(off) });
  }
  const falls = listOf(kept['falls']).filter((name) => typeof name === 'string');
  const name = typeof kept['name'] === 'string' ? kept['name'] : '';
  return { name, flags, falls, isButton: kept['isButton'] === true };
}

function jsonOf(value: unknown): Json {
  return ['string', 'number', 'boolean'].includes(typeof value) ? (value as Json) : null;
}

/** Keeps of a description what its messages will need: only what is not as its name says. */
export function rememberKnown(draft: Draft, address: string, name: string, exposed: Exposed): void {
  const flags: Record<string, Json> = {};
  for (const [property, flag] of [...exposed.flags].slice(0, 40)) {
    const kept = flag === null ? null : [flag.sense, flag.on, flag.off];
    const usual = usualFlag(property);
    const isUsual = usual !== null && isEqual(kept, [usual.sense, usual.on, usual.off]);
    if (!isUsual) flags[property] = kept;
  }
  const device: Json = {
    name,
    ...(Object.keys(flags).length === 0 ? {} : { flags }),
    ...(exposed.falls.length === 0 ? {} : { falls: exposed.falls.slice(0, 10) }),
    ...(exposed.isButton ? { isButton: true } : {}),
  };
  const key = `device ${address}`;
  if (!isEqual(draft.recall(key), device)) draft.remember(key, device);
}

function isEqual(one: Json | undefined, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The addresses that zigbee2mqtt spoke for when it last told. */
export function recallDevices(draft: Draft): readonly string[] {
  return listOf(draft.recall('devices'))
    .map(ieeeOf)
    .filter((address) => address !== null);
}

export function rememberDevices(draft: Draft, addresses: readonly string[]): void {
  if (addresses.join() !== recallDevices(draft).join()) draft.remember('devices', addresses);
}

export function isGroup(draft: Draft, name: string): boolean {
  return listOf(draft.recall('groups')).includes(name);
}

const byAddress = ['states', 'measured', 'fall', 'test', 'json'] as const;

/** What was heard under a makeshift address is the device's own from now on. */
export function moveMemory(draft: Draft, from: string, to: string): void {
  for (const key of byAddress) {
    const kept = draft.recall(`${key} ${from}`);
    if (kept !== undefined && draft.recall(`${key} ${to}`) === undefined) {
      draft.remember(`${key} ${to}`, kept);
    }
    draft.remember(`${key} ${from}`, null);
  }
  const wasOnline = draft.recall(`online ${from}`);
  draft.remember(`online ${from}`, null);
  if (typeof wasOnline === 'boolean') reach(draft, to, wasOnline, 'unreachable');
}

/** Tells when zigbee2mqtt has lost or found again a device; that one of which nothing was known is there is no news. */
export function reach(
  draft: Draft,
  address: string,
  isReached: boolean,
  reason: 'unreachable' | 'left-network',
): void {
  const key = `online ${address}`;
  const before = draft.recall(key);
  if (before === isReached) return;
  draft.remember(key, isReached);
  const told = { source: address, time: null };
  const by = 'zigbee2mqtt';
  if (!isReached) draft.tell(told, 'reach.lost', { by, reason });
  else if (before === false) draft.tell(told, 'reach.restored', { by });
}

/** Remembers whether a device that is known by its name alone can be reached, until its address is told. */
export function rememberReach(draft: Draft, name: string, isReached: boolean): void {
  const key = `online ${makeshiftOf(name)}`;
  if (draft.recall(key) !== isReached) draft.remember(key, isReached);
}

/** What a friendly name's device has said in JSON it does not mean again one by one. */
export function speaksJson(draft: Draft, address: string): boolean {
  return field({ is: draft.recall(`json ${address}`) }, 'is') === true;
}

export function rememberJson(draft: Draft, address: string): void {
  if (!speaksJson(draft, address)) draft.remember(`json ${address}`, true);
}
