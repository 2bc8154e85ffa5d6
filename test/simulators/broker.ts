import { EventEmitter, once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

import { Aedes } from 'aedes';

export interface Received {
  deviceId: string;
  topic: string;
  payload: string;
}

export type Broker = Awaited<ReturnType<typeof startBroker>>;

/** A real MQTT broker that keeps what it has acknowledged, and can be killed and started again. */
export async function startBroker(secrets?: ReadonlyMap<string, string>) {
  const received: Received[] = [];
  const listeners = new Set<() => void>();
  const sockets = new Set<Socket>();
  let complaint: { type: string; topic: (deviceId: string) => string } | undefined;
  let port = 0;
  const subscribed = new Set<string>();
  const subscriptions = new EventEmitter();
  let running: Aedes;
  let kill = await listen();

  async function listen() {
    const aedes = await Aedes.createBroker({
      authenticate: (client, username, password, done) => {
        const isKnown = secrets === undefined || secrets.get(client.id) === password?.toString();
        if (isKnown && username === client.id) done(null, true);
        else done(Object.assign(new Error('refused'), { returnCode: 4 }), null);
      },
      authorizePublish: (client, packet, done) => {
        const payload = packet.payload.toString();
        received.push({ deviceId: client?.id ?? '', topic: packet.topic, payload });
        done(null);
        if (complaint !== undefined && payload.includes(complaint.type)) {
          const reply = { topic: complaint.topic(client?.id ?? ''), payload: complaint.type };
          aedes.publish({ cmd: 'publish', qos: 1, dup: false, retain: false, ...reply }, () => {});
        }
        for (const listener of listeners) listener();
      },
    });
    running = aedes;
    aedes.on('subscribe', (asked) => {
      for (const { topic } of asked) subscribed.add(topic);
      subscriptions.emit('subscribed');
    });
    aedes.on('clientError', () => undefined);
    aedes.on('connectionError', () => undefined);
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
      aedes.handle(socket);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    return async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
      aedes.close();
    };
  }

  return {
    url: `mqtt://127.0.0.1:${port}`,
    received,
    events: () =>
      received.map(({ deviceId, payload }) => ({
        deviceId,
        ...(JSON.parse(payload) as { id: string; type: string; time?: string }),
      })),
    /** Resolves once it holds of all that was received. */
    async when(holds: (all: readonly Received[]) => boolean): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => {
        if (holds(received)) resolve();
      };
      listeners.add(look);
      look();
      await promise;
      listeners.delete(look);
    },
    connections: () => sockets.size,
    /** Publishes to a device with QoS 1, as the gateway does. */
    tell: (topic: string, payload: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const packet = {
          cmd: 'publish',
          qos: 1,
          dup: false,
          retain: false,
          topic,
          payload,
        } as const;
        running.publish(packet, (error) => (error ? reject(error) : resolve()));
      }),
    subscribed: () => [...subscribed],
    /** Resolves once somebody listens to the topic. */
    async whenSubscribed(topic: string): Promise<void> {
      while (!subscribed.has(topic)) await once(subscriptions, 'subscribed');
    },
    /** Answers each event of the type on a topic of its device. */
    complainOf(type: string, topic: (deviceId: string) => string): void {
      complaint = { type, topic };
    },
    /** Breaks every connection at once, as a crash does. */
    kill: () => kill(),
    async start(): Promise<void> {
      kill = await listen();
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await kill();
    },
  };
}
