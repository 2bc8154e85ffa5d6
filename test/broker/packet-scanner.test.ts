import fc from 'fast-check';
import packets, { type Packet } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';

import { PacketScanner } from '../../broker/packet/packet-scanner.ts';
import { connectPacket, publishPacket, subscribePacket } from './front-door.ts';

const maxPacketBytes = 400;

interface Verdict {
  types: number[];
  passed: string;
  clause: string | null;
}

/** Feeds the chunks as the gate does: all that is whole is taken before the next chunk. */
function scan(...chunks: Buffer[]): Verdict {
  const scanner = new PacketScanner(maxPacketBytes);
  const types: number[] = [];
  const passed: Buffer[] = [];
  for (const chunk of chunks) {
    scanner.feed(chunk);
    for (let scanned = scanner.next(); scanned !== null; scanned = scanner.next()) {
      if ('clause' in scanned) return verdict(types, passed, scanned.clause);
      types.push(scanned.type);
      passed.push(Buffer.from(scanned.bytes.subarray(scanned.start, scanned.end)));
    }
  }
  return verdict(types, passed, null);
}

function verdict(types: number[], passed: Buffer[], clause: string | null): Verdict {
  return { types, passed: Buffer.concat(passed).toString('hex'), clause };
}

function bytes(packet: Packet): Buffer {
  return packets.generate(packet);
}

const connect = bytes(connectPacket('d1'));

/** The clause that is broken by these bytes after a good CONNECT. */
function clauseOf(...body: (number | string | Buffer)[]): string | null {
  const parts = body.map((part) =>
    typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part),
  );
  return scan(connect, Buffer.concat(parts)).clause;
}

/** CONNECT with these flags and fields, each with its length in front. */
function connectOf(
  flags: number,
  fields: (string | Buffer)[],
  more: { name?: string; level?: number } = {},
) {
  const { name = 'MQTT', level = 4 } = more;
  const text = (field: string | Buffer) => {
    const content = Buffer.from(field as string);
    return Buffer.concat([Buffer.from([content.length >> 8, content.length & 0xff]), content]);
  };
  const body = Buffer.concat([text(name), Buffer.from([level, flags, 0, 60]), ...fields.map(text)]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

describe('a well-formed stream', () => {
  const stream = [
    connectPacket('d1', {
      will: { topic: 'a/b', payload: Buffer.from([0, 255]), qos: 1, retain: true },
    }),
    publishPacket('d1', 1),
    publishPacket('d1', 2, { qos: 0, payload: 'å'.repeat(100) }),
    publishPacket('d1', 3, { qos: 2, topic: 'sjö/🏠/x' }),
    subscribePacket(['a/+/b', '#', '+', '/+', '+/#', '$SYS/#']),
    { cmd: 'unsubscribe', messageId: 5, unsubscriptions: ['a/+', 'b'] },
    { cmd: 'puback', messageId: 6 },
    { cmd: 'pubrec', messageId: 6 },
    { cmd: 'pubrel', messageId: 6 },
    { cmd: 'pubcomp', messageId: 6 },
    { cmd: 'pingreq' },
    { cmd: 'disconnect' },
  ] as Packet[];

  test('passes unchanged, whole or byte by byte', () => {
    const whole = Buffer.concat(stream.map((packet) => bytes(packet)));
    const expected = {
      types: [1, 3, 3, 3, 8, 10, 4, 5, 6, 7, 12, 14],
      passed: whole.toString('hex'),
      clause: null,
    };
    expect(scan(whole)).toEqual(expected);
    expect(scan(...[...whole].map((byte) => Buffer.from([byte])))).toEqual(expected);
  });

  test('passes without being copied', () => {
    const scanner = new PacketScanner(maxPacketBytes);
    const whole = Buffer.concat([connect, bytes(publishPacket('d1', 1))]);
    scanner.feed(whole);
    scanner.next();
    expect(scanner.next()).toMatchObject({
      bytes: whole,
      start: connect.length,
      end: whole.length,
    });
  });

  test('loses nothing of a chunk that was not taken when the next one came', () => {
    const scanner = new PacketScanner(maxPacketBytes);
    const message = bytes(publishPacket('d1', 1));
    scanner.feed(Buffer.concat([connect, message.subarray(0, 5)]));
    scanner.feed(Buffer.concat([message.subarray(5), message]));
    const types = [scanner.next(), scanner.next(), scanner.next(), scanner.next()];
    expect(types).toMatchObject([{ type: 1 }, { type: 3 }, { type: 3 }, null]);
  });

  test('of MQTT 3.1 passes too', () => {
    expect(scan(connectOf(0x02, ['d1'], { name: 'MQIsdp', level: 3 })).clause).toBeNull();
  });
});

describe('a CONNECT is refused', () => {
  test.each([
    ['MQTT-3.1.0-1', 'that is not the first packet', bytes({ cmd: 'pingreq' })],
    ['MQTT-3.1.0-2', 'that comes twice', Buffer.concat([connect, connect])],
    ['MQTT-3.1.2-1', 'of another protocol', connectOf(0x02, ['d1'], { name: 'HTTP' })],
    ['MQTT-3.1.2-2', 'of MQTT 5', connectOf(0x02, ['d1'], { level: 5 })],
    [
      'MQTT-3.1.2-2',
      'with the name of 3.1.1 and the level of 3.1',
      connectOf(0x02, ['d1'], { level: 3 }),
    ],
    [
      'MQTT-3.1.2-2',
      'with the name of 3.1 and the level of 3.1.1',
      connectOf(0x02, ['d1'], { name: 'MQIsdp' }),
    ],
    ['MQTT-3.1.2-3', 'with the reserved flag', connectOf(0x03, ['d1'])],
    ['MQTT-3.1.2-11', 'with Will QoS but no will', connectOf(0x0a, ['d1'])],
    ['MQTT-3.1.2-14', 'with Will QoS 3', connectOf(0x1e, ['d1', 'a', 'gone'])],
    ['MQTT-3.1.2-22', 'with a password but no user name', connectOf(0x42, ['d1', 'secret'])],
    ['MQTT-3.1.3-8', 'without client id and clean session', connectOf(0x00, [''])],
    ['MQTT-3.1.3-9', 'without client id', connectOf(0x02, [''])],
    ['MQTT-3.1.3-1', 'with more bytes than fields', connectOf(0x02, ['d1', 'd1'])],
    ['MQTT-3.1.3-1', 'with fewer fields than flags', connectOf(0xc2, ['d1', 'd1'])],
    ['MQTT-3.1.3-3', 'without a payload', connectOf(0x02, [])],
    ['MQTT-1.5.3-2', 'with U+0000 in its client id', connectOf(0x02, ['d\0'])],
    [
      'MQTT-1.5.3-1',
      'with a surrogate in its client id',
      connectOf(0x02, [Buffer.from([0xed, 0xa0, 0x80])]),
    ],
    [
      'MQTT-1.5.3-1',
      'with bad UTF-8 in its user name',
      connectOf(0x82, ['d1', Buffer.from([0xff])]),
    ],
    [
      'MQTT-1.5.3-1',
      'with bad UTF-8 in its will topic',
      connectOf(0x06, ['d1', Buffer.from([0xc3]), '']),
    ],
    ['MQTT-3.3.2-2', 'with a wildcard in its will topic', connectOf(0x06, ['d1', 'a/#', ''])],
  ])('[%s] %s', (clause, _, stream) => {
    expect(scan(stream).clause).toBe(clause);
  });
});

describe('a packet is refused', () => {
  test.each([
    ['MQTT-2.2.2-2', 'of type 0', [0x00, 0]],
    ['MQTT-2.2.2-2', 'of type 15', [0xf0, 0]],
    ['MQTT-2.2.2-2', 'that only a server sends', [0x20, 2, 0, 0]],
    ['MQTT-2.2.2-2', 'with reserved flags', [0x80, 6, 0, 1, 0, 1, 'a', 0]],
    ['MQTT-2.2.3', 'with a length of five bytes', [0x30, 0x80, 0x80, 0x80, 0x80]],
    ['packet-size', 'that is larger than our limit', [0x30, 0x91, 0x03]],
    ['MQTT-3.3.1-4', 'PUBLISH with QoS 3', [0x36, 5, 0, 1, 'a', 0, 1]],
    ['MQTT-3.3.1-2', 'PUBLISH with DUP and QoS 0', [0x38, 3, 0, 1, 'a']],
    ['MQTT-3.3.2-1', 'PUBLISH without a topic', [0x30, 0]],
    ['MQTT-3.3.2-1', 'PUBLISH with a topic longer than itself', [0x30, 4, 0, 9, 'ab']],
    ['MQTT-4.7.3-1', 'PUBLISH with an empty topic', [0x30, 2, 0, 0]],
    ['MQTT-3.3.2-2', 'PUBLISH with a wildcard', [0x30, 5, 0, 3, 'a/+']],
    ['MQTT-1.5.3-2', 'PUBLISH with U+0000 in its topic', [0x30, 4, 0, 2, 'a', 0]],
    ['MQTT-1.5.3-1', 'PUBLISH with bad UTF-8 in its topic', [0x30, 4, 0, 2, 0xc0, 0xaf]],
    ['MQTT-2.3.1-1', 'PUBLISH with packet id 0', [0x32, 5, 0, 1, 'a', 0, 0]],
    ['MQTT-2.3.1-1', 'PUBLISH with QoS 1 and no packet id', [0x32, 3, 0, 1, 'a']],
    ['MQTT-2.3.1-1', 'SUBSCRIBE with packet id 0', [0x82, 6, 0, 0, 0, 1, 'a', 0]],
    ['MQTT-2.3.1-1', 'SUBSCRIBE without packet id', [0x82, 0]],
    ['MQTT-3.8.3-3', 'SUBSCRIBE without filter', [0x82, 2, 0, 1]],
    ['MQTT-3.8.3-3', 'SUBSCRIBE without QoS', [0x82, 5, 0, 1, 0, 1, 'a']],
    ['MQTT-3-8.3-4', 'SUBSCRIBE with QoS 3', [0x82, 6, 0, 1, 0, 1, 'a', 3]],
    ['MQTT-4.7.3-1', 'SUBSCRIBE with an empty filter', [0x82, 5, 0, 1, 0, 0, 0]],
    ['MQTT-4.7.1-2', 'SUBSCRIBE to a#', [0x82, 7, 0, 1, 0, 2, 'a#', 0]],
    ['MQTT-4.7.1-2', 'SUBSCRIBE to #/a', [0x82, 8, 0, 1, 0, 3, '#/a', 0]],
    ['MQTT-4.7.1-3', 'SUBSCRIBE to a+', [0x82, 7, 0, 1, 0, 2, 'a+', 0]],
    ['MQTT-4.7.1-3', 'SUBSCRIBE to +a', [0x82, 7, 0, 1, 0, 2, '+a', 0]],
    ['MQTT-1.5.3-1', 'SUBSCRIBE with bad UTF-8', [0x82, 6, 0, 1, 0, 1, 0xff, 0]],
    ['MQTT-3.10.3-2', 'UNSUBSCRIBE without filter', [0xa2, 2, 0, 1]],
    ['MQTT-2.3.1-1', 'UNSUBSCRIBE with packet id 0', [0xa2, 5, 0, 0, 0, 1, 'a']],
    ['MQTT-4.7.1-3', 'UNSUBSCRIBE from a+', [0xa2, 6, 0, 1, 0, 2, 'a+']],
    ['MQTT-2.3.1-6', 'PUBACK cut short', [0x40, 1, 0]],
    ['MQTT-2.3.1-6', 'PUBREC cut short', [0x50, 0]],
    ['MQTT-2.3.1-6', 'PUBREL cut short', [0x62, 1, 1]],
    ['MQTT-2.3.1-6', 'PUBCOMP too long', [0x70, 3, 0, 1, 0]],
    ['MQTT-2.3.1-1', 'PUBACK with packet id 0', [0x40, 2, 0, 0]],
    ['MQTT-3.12', 'PINGREQ with a body', [0xc0, 1, 0]],
    ['MQTT-3.14', 'DISCONNECT with a body', [0xe0, 1, 0]],
  ])('[%s] %s', (clause, _, body) => {
    expect(clauseOf(...body)).toBe(clause);
  });
});

describe('whatever comes', () => {
  const packet = fc.constantFrom(
    connect,
    bytes(publishPacket('d1', 1)),
    bytes(publishPacket('d1', 2, { qos: 0, payload: 'x'.repeat(200) })),
    bytes(subscribePacket(['a/#'])),
    bytes({ cmd: 'pingreq' }),
  );
  const noise = fc.uint8Array({ maxLength: 40 }).map((some) => Buffer.from(some));
  /** Good packets, noise, and good packets with one byte changed. */
  const damaged = fc
    .tuple(packet, fc.nat(), fc.nat(255))
    .map(([good, at, value]) => Buffer.from(good.with(at % good.length, value)));
  const stream = fc
    .array(fc.oneof({ weight: 4, arbitrary: packet }, { weight: 1, arbitrary: damaged }, noise))
    .chain((parts) =>
      fc.boolean().map((first) => Buffer.concat(first ? [connect, ...parts] : parts)),
    );

  test('chunking does not change the verdict, and nothing is thrown', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 20 }), (whole, cuts) => {
        const at = cuts.map((cut) => cut % (whole.length + 1)).toSorted((a, b) => a - b);
        const chunks = [0, ...at].map((from, index) =>
          whole.subarray(from, at[index] ?? whole.length),
        );
        expect(scan(...chunks)).toEqual(scan(whole));
      }),
      { numRuns: 2_000 },
    );
  });

  test('what passes, mqtt-packet understands', () => {
    fc.assert(
      fc.property(stream, (whole) => {
        const { types, passed } = scan(whole);
        const parsed: unknown[] = [];
        const parser = packets.parser({ protocolVersion: 4 });
        parser.on('packet', (one) => parsed.push(one));
        parser.on('error', (error: Error) => {
          throw error;
        });
        parser.parse(Buffer.from(passed, 'hex'));
        expect(parsed).toHaveLength(types.length);
      }),
      { numRuns: 1_000 },
    );
  });
});
