import { eventId } from './event-id.ts';
import { textOf } from './loose-json.ts';

const mac = /^(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/i;

/** A hardware address in the one form we keep, `02:5b:26:a8:dc:12`; null for anything else. */
export function macOf(value: unknown): string | null {
  if (typeof value !== 'string' || !mac.test(value)) return null;
  return (value.toLowerCase().match(/[0-9a-f]{2}/g) ?? []).join(':');
}

/** What identifies a device at its hub, in small letters and at most 128 characters; null when nothing is left of it. */
export function addressOf(value: unknown): string | null {
  const hardware = macOf(value);
  if (hardware !== null) return hardware;
  const text = textOf(value, 1_000)?.toLowerCase() ?? null;
  return text === null || text.length <= 128 ? text : `${text.slice(0, 100)}~${eventId(text)}`;
}

/** A key for the memory, of any number of words of any length. */
export function memoryKey(kind: string, ...parts: readonly string[]): string {
  const key = [kind, ...parts].join(' ');
  return key.length <= 200 ? key : `${kind} ${eventId(...parts)}`;
}
