import { readFile } from 'node:fs/promises';

import type { Packet } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';

import { anyPacket } from './any-sequence.ts';
import { connecting } from './connect-sequence.ts';
import {
  connectDevice,
  connectTo,
  dial,
  openFrontDoor,
  type RawDevice,
  until,
} from './front-door.ts';
import { publishing } from './publish-sequence.ts';
import type { Sequence } from './sequence.ts';
import { subscribing } from './subscribe-sequence.ts';

const sections = {
  Connecting: connecting,
  Publishing: publishing,
  Subscribing: subscribing,
  'Any packet': anyPacket,
};

/** What came back, as the table writes it: the command, and the number that matters. */
function lineOf(packet: Packet): string {
  if (packet.cmd === 'connack') return `connack ${packet.returnCode}`;
  if (packet.cmd === 'suback') return `suback ${packet.granted.map(String).join(' ')}`;
  return 'messageId' in packet && packet.messageId !== undefined
    ? `${packet.cmd} ${packet.messageId}`
    : packet.cmd;
}

async function send(device: RawDevice, { bytes }: Sequence): Promise<void> {
  for (const one of bytes) {
    await new Promise<void>((resolve) => {
      device.socket.write(one, () => resolve());
    });
  }
}

/** Refused with CONNACK, the connection is closed all the same [MQTT-3.2.2-5]. */
function endsClosed({ does }: Sequence): boolean {
  return does === 'closes' || does.some((line) => /^connack [1-9]/.test(line));
}

for (const [section, sequences] of Object.entries(sections)) {
  describe(`${section}:`, () => {
    for (const sequence of sequences) {
      const does = sequence.does === 'closes' ? 'closes' : sequence.does.join(', ');
      test(`[MQTT-${sequence.clause}] ${sequence.sends}: ${does}`, async () => {
        const door = await openFrontDoor();
        const other = await connectDevice(door, 'other');
        const device = await (sequence.isFirst ? dial(door) : connectTo(door));
        const before = device.received.length;
        await send(device, sequence);
        if (endsClosed(sequence)) await device.closed;
        if (sequence.does !== 'closes') {
          await until(() => device.received.length - before >= sequence.does.length);
          expect(device.received.slice(before).map(lineOf)).toEqual(sequence.does);
        } else {
          expect(device.received.slice(before)).toEqual([]);
        }
        if (!endsClosed(sequence)) {
          device.send({ cmd: 'pingreq' });
          await until(() => device.received.at(-1)?.cmd === 'pingresp');
        }
        // Whatever one device sends, another is served.
        await other.publishAsync('vaka/v1/other/events', '{}', { qos: 1 });
      });
    }
  });
}

test('the table in docs/mqtt.md says what was tested', async () => {
  const guide = await readFile(new URL('../../docs/mqtt.md', import.meta.url), 'utf8');
  const rows = Object.values(sections)
    .flat()
    .map(({ clause, sends, does, differs }) => {
      const answer = does === 'closes' ? 'closes' : does.map((line) => `\`${line}\``).join(', ');
      return `| ${clause} | ${sends} | ${answer} | ${differs ?? ''} |`;
    });
  const missing = rows.filter(
    (row) => !guide.replaceAll(/ +/g, ' ').includes(row.replaceAll(/ +/g, ' ')),
  );
  expect(missing).toEqual([]);
});
