import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

import mqttPacket, { type IConnectPacket, type Packet } from 'mqtt-packet';
import { onTestFinished } from 'vitest';

/** What it says to CONNECT and SUBSCRIBE; a test may change it. */
export interface Answers {
  connack: number;
  granted: number;
  sessionPresent: boolean;
}

/** The other end of the wire, which does what a test says and tells what it got. */
export async function openFakeBroker(given: Partial<Answers> = {}) {
  const answers: Answers = { connack: 0, granted: 1, sessionPresent: true, ...given };
  const got: Packet[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    const parser = mqttPacket.parser({ protocolVersion: 4 });
    parser.on('packet', (packet) => {
      got.push(packet);
      if (packet.cmd === 'connect') {
        const { connack: returnCode, sessionPresent } = answers;
        send({ cmd: 'connack', returnCode, sessionPresent });
      } else if (packet.cmd === 'subscribe') {
        send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [answers.granted] });
      } else if (packet.cmd === 'publish') {
        send({ cmd: 'puback', messageId: packet.messageId ?? 0 });
      }
    });
    socket.on('data', (bytes: Buffer) => parser.parse(bytes));
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('A port was expected.');
  const { port } = place;

  function send(...packets: Packet[]): void {
    sockets.at(-1)?.write(Buffer.concat(packets.map((packet) => mqttPacket.generate(packet))));
  }

  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  return {
    port,
    answers,
    got,
    send,
    /** Message ids it has got an acknowledgement for, in order. */
    acknowledged: () => got.flatMap((one) => (one.cmd === 'puback' ? [one.messageId] : [])),
    connects: () => got.filter((one): one is IConnectPacket => one.cmd === 'connect'),
    raw: (bytes: Buffer) => sockets.at(-1)?.write(bytes),
    cut: () => sockets.at(-1)?.destroy(),
    /** What the other side of the last connection has not read yet. */
    unread: () => sockets.at(-1)?.writableLength ?? 0,
  };
}

export function publishOf(messageId: number, topic: string, payload = '{}', dup = false): Packet {
  return { cmd: 'publish', topic, payload, qos: 1, messageId, dup, retain: false };
}
