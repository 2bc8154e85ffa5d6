import { connectPacket, subscribePacket } from './front-door.ts';
import { bytes, hex, id, own, packet, publish, type Sequence } from './sequence.ts';

export const anyPacket: Sequence[] = [
  { clause: '3.12.4-1', sends: 'PINGREQ', bytes: [packet(0xc0)], does: ['pingresp'] },
  { clause: '2.2.2-2', sends: 'PINGREQ with flags', bytes: [packet(0xc1)], does: 'closes' },
  { clause: '3.14.4-1', sends: 'DISCONNECT', bytes: [packet(0xe0)], does: 'closes' },
  { clause: '3.14.1-1', sends: 'DISCONNECT with flags', bytes: [packet(0xe1)], does: 'closes' },
  { clause: '2.2.1', sends: 'a packet of type 0', bytes: [packet(0x00)], does: 'closes' },
  { clause: '2.2.1', sends: 'a packet of type 15', bytes: [packet(0xf0)], does: 'closes' },
  { clause: '3.2', sends: 'CONNACK', bytes: [packet(0x20, 0, 0)], does: 'closes' },
  { clause: '3.9', sends: 'SUBACK', bytes: [packet(0x90, id, 0)], does: 'closes' },
  {
    clause: '2.2.3',
    sends: 'a length of five bytes',
    bytes: [hex('32 ff ff ff ff 01')],
    does: 'closes',
  },
  {
    clause: '4.8.0-1',
    sends: 'a PUBLISH byte by byte',
    bytes: [...publish(own)].map((byte) => Buffer.from([byte])),
    does: ['puback 7'],
  },
  {
    clause: '3.8.4-3',
    sends: 'SUBSCRIBE twice to one filter',
    bytes: [
      bytes(subscribePacket(['vaka/v1/d1/commands'])),
      bytes(subscribePacket(['vaka/v1/d1/commands'], 0)),
    ],
    does: ['suback 1', 'suback 0'],
  },
  {
    clause: '3.1.2-24',
    sends: 'Keep Alive 0',
    bytes: [bytes(connectPacket('d1', { keepalive: 0 }))],
    isFirst: true,
    does: ['connack 0'],
    differs: 'A dead link must be seen: 0 means ten minutes here, and longer ones too.',
  },
];
