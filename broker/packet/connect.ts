import { byteAt, checkText, checkTopicName, textEnd } from './text.ts';

/** What is wrong with a packet: the clause it breaks and, for a CONNECT that is to be answered, the return code. */
export interface Violation {
  clause: string;
  connack?: 1 | 2;
}

const cleanSession = 0x02;
const will = 0x04;
const willQosAndRetain = 0x38;
const willQos = 0x18;
const password = 0x40;
const userName = 0x80;

/** Checks a CONNECT byte for byte: decoded text has already lost what was wrong with it. */
export function checkConnect(bytes: Buffer, start: number, end: number): Violation | null {
  const nameEnd = textEnd(bytes, start, end);
  if (nameEnd === -1 || nameEnd + 4 > end) return { clause: 'MQTT-3.1.2-1' };
  const protocol = checkProtocol(bytes.toString('latin1', start + 2, nameEnd), bytes[nameEnd]);
  if (protocol !== null) return protocol;
  const flags = byteAt(bytes, nameEnd + 1);
  const clause = checkFlags(flags);
  return clause === null ? checkPayload(bytes, flags, nameEnd + 4, end) : { clause };
}

/** MQTT 5 and every other level of `MQTT` is answered, so that the client may fall back [MQTT-3.1.2-2]. */
function checkProtocol(name: string, level: number | undefined): Violation | null {
  if (name === 'MQIsdp') return level === 3 ? null : { clause: 'MQTT-3.1.2-2' };
  if (name !== 'MQTT') return { clause: 'MQTT-3.1.2-1' };
  return level === 4 ? null : { clause: 'MQTT-3.1.2-2', connack: 1 };
}

function checkFlags(flags: number): string | null {
  if ((flags & 0x01) !== 0) return 'MQTT-3.1.2-3';
  if ((flags & will) === 0 && (flags & willQosAndRetain) !== 0) return 'MQTT-3.1.2-11';
  if ((flags & willQos) === willQos) return 'MQTT-3.1.2-14';
  if ((flags & userName) === 0 && (flags & password) !== 0) return 'MQTT-3.1.2-22';
  return null;
}

function checkPayload(bytes: Buffer, flags: number, start: number, end: number): Violation | null {
  const idEnd = textEnd(bytes, start, end);
  if (idEnd === -1) return { clause: 'MQTT-3.1.3-3' };
  let clause = checkText(bytes, start + 2, idEnd);
  if (clause !== null) return { clause };
  const fields: ((from: number, to: number) => string | null)[] = [];
  if ((flags & will) !== 0) {
    fields.push((from, to) => checkTopicName(bytes, from, to), anyBytes);
  }
  if ((flags & userName) !== 0) fields.push((from, to) => checkText(bytes, from, to));
  if ((flags & password) !== 0) fields.push(anyBytes);
  let at = idEnd;
  for (const check of fields) {
    const fieldEnd = textEnd(bytes, at, end);
    if (fieldEnd === -1) return { clause: 'MQTT-3.1.3-1' };
    clause = check(at + 2, fieldEnd);
    if (clause !== null) return { clause };
    at = fieldEnd;
  }
  if (at !== end) return { clause: 'MQTT-3.1.3-1' };
  if (idEnd > start + 2) return null;
  // Without a clean session it may not be empty; with one we may refuse it, as our devices have names.
  return { clause: (flags & cleanSession) === 0 ? 'MQTT-3.1.3-8' : 'MQTT-3.1.3-9', connack: 2 };
}

function anyBytes(): null {
  return null;
}
