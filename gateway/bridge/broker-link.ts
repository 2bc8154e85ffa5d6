import type { Socket } from 'node:net';

import mqttPacket, { type IPublishPacket, type Packet } from 'mqtt-packet';

/** What somebody has published on the broker. */
export interface Received {
  topic: string;
  payload: Buffer;
  /** The broker has tried to send it to us before. */
  isRepeat: boolean;
}

export interface LinkOptions {
  socket: Socket;
  clientId: string;
  username?: string;
  password?: string;
  /** Topic filter to subscribe to, with QoS 1. */
  filter: string;
  /** What came together, in order; each resolves when it may be acknowledged, and rejects when it must come again. */
  receive: (messages: readonly Received[]) => readonly Promise<void>[];
  /** How long neither side may say nothing. */
  keepAliveMs: number;
  /** Messages, and bytes of them, that wait to be acknowledged; more are left unread in the socket. */
  inFlightAtMost: number;
  inFlightBytesAtMost: number;
}

/** One connection to a broker (MQTT 3.1.1), in a session that outlives it. */
export interface Link {
  /** Resolves when it is subscribed, with whether the broker knew our session; rejects with why it ended before. */
  opened: Promise<{ sessionPresent: boolean }>;
  /** Resolves when it has ended, with why. */
  closed: Promise<Error>;
  /** Resolves when the broker has acknowledged it. */
  publish: (topic: string, payload: string) => Promise<void>;
  /** Reads no more, acknowledges what gets stored within that time, and says goodbye. */
  close: (withinMs: number) => Promise<void>;
  abort: (why: Error) => void;
}

const refusals: Readonly<Record<number, string>> = {
  1: 'it speaks no MQTT 3.1.1',
  2: 'it does not take our client id',
  3: 'it is unavailable',
  4: 'user name or password is wrong',
  5: 'it does not let us in',
};
const subscribeId = 1;

/** Speaks on a socket that is connecting or connected. */
export function openLink(options: LinkOptions): Link {
  const { socket, keepAliveMs, inFlightAtMost, inFlightBytesAtMost } = options;
  const opened = Promise.withResolvers<{ sessionPresent: boolean }>();
  const closed = Promise.withResolvers<Error>();
  opened.promise.catch(() => {});
  const parser = mqttPacket.parser({ protocolVersion: 4 });
  /** What is to be acknowledged, in the order of arrival [MQTT-4.6.0-2]; null for QoS 0. */
  const waiting: { messageId: number | null; bytes: number; stored: Promise<void> }[] = [];
  let waitingBytes = 0;
  const published = new Map<number, PromiseWithResolvers<void>>();
  let arrived: IPublishPacket[] = [];
  let sessionPresent = false;
  let isAcknowledging = false;
  let isCorked = false;
  let isClosing = false;
  let lastId = subscribeId;
  let heardAt = performance.now();
  let why: Error | null = null;

  function abort(error: Error): void {
    why ??= error;
    socket.destroy();
  }

  /** What is sent in one turn of the event loop leaves as one. */
  function send(packet: Packet): void {
    if (!isCorked) {
      isCorked = true;
      socket.cork();
      setImmediate(() => {
        isCorked = false;
        socket.uncork();
      });
    }
    mqttPacket.writeToStream(packet, socket);
  }

  function take(packet: Packet): void {
    if (packet.cmd === 'publish') {
      arrived.push(packet);
    } else if (packet.cmd === 'puback') {
      published.get(packet.messageId ?? 0)?.resolve();
      published.delete(packet.messageId ?? 0);
    } else if (packet.cmd === 'connack') {
      connected(packet.returnCode ?? 0, packet.sessionPresent);
    } else if (packet.cmd === 'suback') {
      if (packet.granted[0] === 1) opened.resolve({ sessionPresent });
      else abort(new Error('The broker does not let us subscribe with QoS 1.'));
    } else if (packet.cmd !== 'pingresp') {
      abort(new Error(`The broker sent ${packet.cmd}, which we did not ask for.`));
    }
  }

  function connected(returnCode: number, isKnown: boolean): void {
    if (returnCode !== 0) {
      abort(new Error(`The broker refuses us: ${refusals[returnCode] ?? `code ${returnCode}`}.`));
      return;
    }
    sessionPresent = isKnown;
    const subscriptions = [{ topic: options.filter, qos: 1 as const }];
    send({ cmd: 'subscribe', messageId: subscribeId, subscriptions });
  }

  function handOver(): void {
    const packets = arrived;
    arrived = [];
    if (packets.some(({ qos }) => qos === 2)) {
      abort(new Error('The broker sent QoS 2, which we did not ask for.'));
      return;
    }
    const stored = options.receive(
      packets.map(({ topic, payload, dup }) => ({
        topic,
        payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
        isRepeat: dup,
      })),
    );
    for (const [index, promise] of stored.entries()) {
      // It is awaited in its turn, and may have failed long before.
      promise.catch(() => {});
      const { qos = 0, messageId = null, payload = '' } = packets[index] ?? {};
      const bytes = payload.length;
      waitingBytes += bytes;
      waiting.push({ messageId: qos === 0 ? null : messageId, bytes, stored: promise });
    }
    if (isFull(1)) socket.pause();
    if (!isAcknowledging) void acknowledge();
  }

  function isFull(share: number): boolean {
    return waiting.length >= share * inFlightAtMost || waitingBytes >= share * inFlightBytesAtMost;
  }

  async function acknowledge(): Promise<void> {
    isAcknowledging = true;
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      try {
        await next.stored;
      } catch (cause) {
        abort(new Error('A message could not be stored.', { cause }));
        break;
      }
      waiting.shift();
      waitingBytes -= next.bytes;
      if (next.messageId !== null && !socket.destroyed) {
        send({ cmd: 'puback', messageId: next.messageId });
      }
      if (!isClosing && socket.isPaused() && !isFull(0.5)) socket.resume();
    }
    isAcknowledging = false;
  }

  const watch = setInterval(() => {
    // A full hand is no silence: we do not read then.
    if (socket.isPaused()) heardAt = performance.now();
    if (performance.now() - heardAt > 1.5 * keepAliveMs) abort(new Error('The broker is silent.'));
    else send({ cmd: 'pingreq' });
  }, keepAliveMs / 2);

  parser.on('packet', take);
  parser.on('error', (cause) => abort(new Error('The broker does not speak MQTT.', { cause })));
  socket.on('data', (bytes: Buffer) => {
    heardAt = performance.now();
    parser.parse(bytes);
    if (arrived.length > 0) handOver();
  });
  socket.on('error', (cause) => abort(cause));
  socket.on('end', () => abort(new Error('The broker closed the connection.')));
  socket.on('close', () => {
    clearInterval(watch);
    const end = why ?? new Error('The connection is closed.');
    opened.reject(end);
    for (const { reject } of published.values()) reject(end);
    published.clear();
    closed.resolve(end);
  });
  send({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: false,
    clientId: options.clientId,
    keepalive: Math.max(1, Math.ceil(keepAliveMs / 1_000)),
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: Buffer.from(options.password) }),
  });

  return {
    opened: opened.promise,
    closed: closed.promise,
    publish: (topic, payload) => {
      if (socket.destroyed) return Promise.reject(new Error('The connection is closed.'));
      do lastId = (lastId % 65_535) + 1;
      while (published.has(lastId));
      const acknowledged = Promise.withResolvers<void>();
      published.set(lastId, acknowledged);
      send({
        cmd: 'publish',
        topic,
        payload,
        messageId: lastId,
        qos: 1,
        dup: false,
        retain: false,
      });
      return acknowledged.promise;
    },
    close: async (withinMs) => {
      isClosing = true;
      socket.pause();
      const limit = setTimeout(
        () => abort(new Error('What came was not stored in time.')),
        withinMs,
      );
      await Promise.allSettled(waiting.map(({ stored }) => stored));
      // The acknowledgements of what is stored have their turn first.
      await new Promise((resolve) => setImmediate(resolve));
      if (!socket.destroyed) {
        send({ cmd: 'disconnect' });
        why ??= new Error('We have left.');
        socket.end();
        socket.resume();
      }
      await closed.promise;
      clearTimeout(limit);
    },
    abort,
  };
}
