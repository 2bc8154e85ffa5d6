import { checkConnect, type Violation } from './connect.ts';
import { checkPublish } from './publish.ts';
import { checkSubscribe, checkUnsubscribe } from './subscription.ts';

/** The control packets a client may send (MQTT 3.1.1 table 2.1). */
export const packetType = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const;

const requiredFlags = new Map<number, number>([
  [packetType.connect, 0],
  [packetType.puback, 0],
  [packetType.pubrec, 0],
  [packetType.pubrel, 2],
  [packetType.pubcomp, 0],
  [packetType.subscribe, 2],
  [packetType.unsubscribe, 2],
  [packetType.pingreq, 0],
  [packetType.disconnect, 0],
]);

/** The clause the first byte breaks, or null; what only a server sends is refused here. */
export function checkFirstByte(first: number): string | null {
  const type = first >> 4;
  const flags = first & 0x0f;
  if (type !== packetType.publish) {
    return requiredFlags.get(type) === flags ? null : 'MQTT-2.2.2-2';
  }
  if ((flags & 0b0110) === 0b0110) return 'MQTT-3.3.1-4';
  return flags >= 0b1000 && (flags & 0b0110) === 0 ? 'MQTT-3.3.1-2' : null;
}

/** What is wrong with a whole packet whose first byte has passed, or null. */
export function checkBody(
  bytes: Buffer,
  first: number,
  start: number,
  end: number,
): Violation | null {
  const type = first >> 4;
  if (type === packetType.connect) return checkConnect(bytes, start, end);
  const clause = checkOther(bytes, first, start, end);
  return clause === null ? null : { clause };
}

function checkOther(bytes: Buffer, first: number, start: number, end: number): string | null {
  switch (first >> 4) {
    case packetType.publish:
      return checkPublish(bytes, first & 0x0f, start, end);
    case packetType.subscribe:
      return checkSubscribe(bytes, start, end);
    case packetType.unsubscribe:
      return checkUnsubscribe(bytes, start, end);
    case packetType.pingreq:
      return start === end ? null : 'MQTT-3.12';
    case packetType.disconnect:
      return start === end ? null : 'MQTT-3.14';
    default:
      return checkAcknowledgement(bytes, start, end);
  }
}

/** PUBACK, PUBREC, PUBREL and PUBCOMP are a packet identifier and nothing else. */
function checkAcknowledgement(bytes: Buffer, start: number, end: number): string | null {
  if (end - start !== 2) return 'MQTT-2.3.1-6';
  return bytes[start] === 0 && bytes[start + 1] === 0 ? 'MQTT-2.3.1-1' : null;
}
