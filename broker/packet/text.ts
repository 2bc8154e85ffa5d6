import { isUtf8 } from 'node:buffer';

const hash = 0x23;
const plus = 0x2b;
const slash = 0x2f;

/** Where a two-byte length and its string end, or -1: it does not fit in the packet. */
export function textEnd(bytes: Buffer, at: number, end: number): number {
  if (at + 2 > end) return -1;
  const stop = at + 2 + ((byteAt(bytes, at) << 8) | byteAt(bytes, at + 1));
  return stop > end ? -1 : stop;
}

export function byteAt(bytes: Buffer, at: number): number {
  return bytes[at] ?? 0;
}

/** The clause that these characters break, or null. Topics are ASCII nearly always, so that is the fast way out. */
export function checkText(bytes: Buffer, from: number, to: number): string | null {
  let ascii = true;
  for (let at = from; at < to; at++) {
    const byte = byteAt(bytes, at);
    if (byte === 0) return 'MQTT-1.5.3-2';
    if (byte > 0x7f) ascii = false;
  }
  return ascii || isUtf8(bytes.subarray(from, to)) ? null : 'MQTT-1.5.3-1';
}

/** A topic name is not empty and has no wildcards [MQTT-4.7.3-1] [MQTT-4.7.1-1]. */
export function checkTopicName(bytes: Buffer, from: number, to: number): string | null {
  if (from === to) return 'MQTT-4.7.3-1';
  for (let at = from; at < to; at++) {
    const byte = byteAt(bytes, at);
    if (byte === hash || byte === plus) return 'MQTT-3.3.2-2';
  }
  return checkText(bytes, from, to);
}

/** A wildcard fills its whole level, and `#` only the last one [MQTT-4.7.1-2] [MQTT-4.7.1-3]. */
export function checkTopicFilter(bytes: Buffer, from: number, to: number): string | null {
  if (from === to) return 'MQTT-4.7.3-1';
  for (let at = from; at < to; at++) {
    const byte = byteAt(bytes, at);
    const startsLevel = at === from || byteAt(bytes, at - 1) === slash;
    const isLast = at === to - 1;
    if (byte === hash && !(startsLevel && isLast)) return 'MQTT-4.7.1-2';
    const fillsLevel = startsLevel && (isLast || byteAt(bytes, at + 1) === slash);
    if (byte === plus && !fillsLevel) return 'MQTT-4.7.1-3';
  }
  return checkText(bytes, from, to);
}
