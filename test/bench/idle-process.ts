import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

import mqttPacket from 'mqtt-packet';

import { offerTask } from './task.ts';

export interface IdleOrder {
  mqttUrl: string;
  devices: readonly { id: string; secret: string }[];
}

export interface IdleReady {
  /** From the first SYN to the last CONNACK. */
  acceptedInMs: number;
}

const atOnce = 200;
const connack = 0x20;

/** Connects all the devices, and then says nothing. */
offerTask(async ({ mqttUrl, devices }: IdleOrder, { ready, signal }) => {
  const { hostname, port } = new URL(mqttUrl);
  const sockets: Socket[] = [];
  const began = performance.now();

  async function open({ id, secret }: IdleOrder['devices'][number]): Promise<void> {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    sockets.push(socket);
    socket.write(
      mqttPacket.generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        keepalive: 600,
        clientId: id,
        username: id,
        password: Buffer.from(secret),
      }),
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    if (answer[0] !== connack || answer[3] !== 0) throw new Error(`${id} was refused.`);
  }

  const waiting = devices.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const device of waiting) await open(device);
    }),
  );
  const answer: IdleReady = { acceptedInMs: performance.now() - began };
  ready(answer);
  await once(signal, 'abort');
  sockets.forEach((socket) => socket.destroy());
  return null;
});
