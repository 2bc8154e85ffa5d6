import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';

import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import packets, { type Packet } from 'mqtt-packet';
import { onTestFinished } from 'vitest';

import {
  type Broker,
  type BrokerNotice,
  createBroker,
  type Presence,
  type Proof,
} from '../../broker/broker.ts';
import type { BrokerOptions } from '../../broker/broker.ts';

export interface Taken {
  deviceId: string;
  topic: string;
  payload: string;
}

/** A running broker on a free port, and what it told its owner. */
export interface FrontDoor {
  broker: Broker;
  port: number;
  tlsPort: number;
  taken: Taken[];
  presence: Presence[];
  /** What its owner was told last. */
  isPresent: (deviceId: string) => boolean;
  notices: BrokerNotice[];
}

/** Starts a broker that lets everyone in with the password `right` and stores everything at once. */
export async function openFrontDoor(options: Partial<BrokerOptions> = {}): Promise<FrontDoor> {
  const taken: Taken[] = [];
  const presence: Presence[] = [];
  const notices: BrokerNotice[] = [];
  const { accept } = options;
  const broker = createBroker({
    host: '127.0.0.1',
    port: 0,
    verify: async (_, proof) => (isRight(proof) ? null : 'bad-credentials'),
    onPresence: (change) => presence.push(change),
    onNotice: (notice) => notices.push(notice),
    ...options,
    limits: { refusalDelayMs: 1, ...options.limits },
    accept: (deviceId, topic, payload, isRepeat) => {
      taken.push({ deviceId, topic, payload: payload.toString() });
      return accept?.(deviceId, topic, payload, isRepeat) ?? Promise.resolve({ refused: null });
    },
  });
  const { port, tlsPort } = await broker.start();
  onTestFinished(() => broker.stop());
  const isPresent = (deviceId: string): boolean =>
    presence.findLast((change) => change.deviceId === deviceId)?.connected ?? false;
  return { broker, port, tlsPort: tlsPort ?? 0, taken, presence, isPresent, notices };
}

/** Whether it is the password that everyone is let in with. */
export function isRight(proof: Proof): boolean {
  return 'password' in proof && proof.password.toString() === 'right';
}

/** A real MQTT.js client that has connected. */
export async function connectDevice(
  { port }: { port: number },
  clientId: string,
  options: IClientOptions = {},
): Promise<MqttClient> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    clientId,
    username: clientId,
    password: 'right',
    protocolVersion: 4,
    reconnectPeriod: 0,
    ...options,
  });
  onTestFinished(() => client.endAsync(true));
  return client;
}

/** A socket that speaks what it is told to, well-formed or not. */
export interface RawDevice {
  socket: Socket;
  received: Packet[];
  send: (...sent: (Packet | Buffer)[]) => void;
  /** Resolves when the broker has closed the connection. */
  closed: Promise<void>;
}

export async function dial({ port }: { port: number }): Promise<RawDevice> {
  const socket = connectSocket(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  return speakOver(socket);
}

/** Device `d1`, with its CONNECT answered. */
export async function connectTo(
  door: { port: number },
  more: Partial<packets.IConnectPacket> = {},
): Promise<RawDevice> {
  const device = await dial(door);
  device.send(connectPacket('d1', more));
  await until(() => device.received.length > 0);
  return device;
}

export function speakOver(socket: Socket): RawDevice {
  const received: Packet[] = [];
  const parser = packets.parser({ protocolVersion: 4 });
  parser.on('packet', (packet) => received.push(packet));
  socket.on('data', (chunk: Buffer) => parser.parse(chunk));
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
  });
  return {
    socket,
    received,
    closed,
    send: (...sent) =>
      socket.write(
        Buffer.concat(sent.map((one) => (Buffer.isBuffer(one) ? one : packets.generate(one)))),
      ),
  };
}

export function connectPacket(
  clientId: string,
  more: Partial<packets.IConnectPacket> = {},
): Packet {
  return {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId,
    clean: true,
    keepalive: 60,
    username: clientId,
    password: Buffer.from('right'),
    ...more,
  };
}

export function publishPacket(
  deviceId: string,
  messageId: number,
  more: Partial<packets.IPublishPacket> = {},
): Packet {
  return {
    cmd: 'publish',
    topic: `vaka/v1/${deviceId}/events`,
    payload: `${messageId}`,
    qos: 1,
    messageId,
    dup: false,
    retain: false,
    ...more,
  };
}

export function subscribePacket(topics: string[], qos: 0 | 1 = 1): Packet {
  return { cmd: 'subscribe', messageId: 1, subscriptions: topics.map((topic) => ({ topic, qos })) };
}

/** Resolves when the condition holds; the test's own time limit ends the wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** A promise to be settled by the test. */
export function deferred<T>(): PromiseWithResolvers<T> {
  return Promise.withResolvers<T>();
}
