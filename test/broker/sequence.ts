import packets, { type Packet } from 'mqtt-packet';

/** What a client sends, and what a server that keeps to MQTT 3.1.1 does. */
export interface Sequence {
  /** The normative statement of the standard. */
  clause: string;
  sends: string;
  /** The bytes, one write each; device `d1` is connected before unless `isFirst`. */
  bytes: readonly Buffer[];
  isFirst?: true;
  /** `closes`; or the commands that come back, in order, on a connection that stays open. */
  does: 'closes' | readonly string[];
  /** Where we differ from the standard on purpose, and why. */
  differs?: string;
}

export const bytes = (one: Packet): Buffer => packets.generate(one);
export const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex');

/** A text as it is on the wire: its length, and its bytes. */
export function text(content: string | Buffer): Buffer {
  const body = Buffer.from(content as string);
  return Buffer.concat([Buffer.from([body.length >> 8, body.length & 0xff]), body]);
}

export function packet(first: number, ...parts: (Buffer | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : part)),
  );
  const length = body.length < 128 ? [body.length] : [(body.length % 128) + 128, body.length >> 7];
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

/** CONNECT of `d1` with its password, as far as it is not told otherwise. */
export function connect(
  given: { name?: string; level?: number; flags?: number; fields?: (string | Buffer)[] } = {},
): Buffer {
  const { name = 'MQTT', level = 4, flags = 0xc2, fields = ['d1', 'd1', 'right'] } = given;
  return packet(0x10, text(name), level, flags, 0, 60, ...fields.map((field) => text(field)));
}

export const own = 'vaka/v1/d1/events';
export const id = hex('0007');
export const surrogate = hex('eda080');
export const overlong = hex('c080');
export const withNull = Buffer.from('d\0');
export const publish = (topic: string | Buffer, first = 0x32, packetId = id) =>
  packet(first, text(topic), packetId, Buffer.from('x'));
export const subscribe = (filter: string | Buffer, qos = 1) => packet(0x82, id, text(filter), qos);
