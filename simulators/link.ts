import { Buffer } from 'node:buffer';

import mqtt, { type MqttClient } from 'mqtt';

import { Command } from '../gateway/protocol/command.ts';
import { understands } from '../gateway/protocol/profile.ts';
import { commandsTopic, errorsTopic } from '../gateway/protocol/topic.ts';
import type { FleetDevice } from './fleet.ts';
import type { Line, SendOptions } from './line.ts';
import type { Log, Stats } from './stats.ts';

/** A message on its way; `mayBeLost` is given up when the connection breaks. */
interface Message {
  topic: string;
  payload: string | Uint8Array;
  mayBeLost: boolean;
  retain: boolean;
  isInFlight: boolean;
  wasTried: boolean;
  done: () => void;
}

export interface LinkOptions {
  mqttUrl: string;
  device: FleetDevice;
  stats: Stats;
  log: Log;
}

const window = 16;
const keepaliveS = 30;
const retryAfterMs = 250;
const retryAtMostMs = 5_000;
const closesWithinMs = 500;

/**
 * One device's connection, with its own credentials. What it is given to send it sends, in order, until it is
 * acknowledged, over as many connections as that takes. MQTT.js may drop what it queues, so each connection is
 * a new client and the queue is here.
 */
export class Link implements Line {
  readonly #options: LinkOptions;
  readonly #pending = new Set<Message>();
  #client: MqttClient | undefined;
  #inFlight = 0;
  #failures = 0;
  #isUp = false;
  #isFrozen = false;
  #retry: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;
  #idle: PromiseWithResolvers<void> | undefined;
  #reassuredBy: string | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** How many messages are not acknowledged yet. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Connects, now and whenever the connection is lost. */
  up(): void {
    if (this.#isUp || this.#closed !== undefined) return;
    this.#isUp = true;
    this.#connect();
  }

  /** Vanishes from the network without a word, keeping what is not acknowledged. */
  down(): void {
    this.#isUp = false;
    clearTimeout(this.#retry);
    this.#drop();
  }

  /** Stops answering without closing, if it is open; nothing is sent or read until `thaw`. */
  freeze(): void {
    const client = this.#client;
    if (client === undefined || !client.connected || this.#isFrozen) return;
    this.#isFrozen = true;
    client.keepaliveManager?.destroy();
    client.stream.unpipe();
    client.stream.pause();
    client.stream.cork();
  }

  /** Finds that the frozen connection is of no use, and makes a new one. */
  thaw(): void {
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    this.#client?.stream.destroy();
  }

  /** Resolves when the message is acknowledged, or given up: because it may be lost, or by `close`. */
  send(
    topic: string,
    payload: string | Uint8Array,
    { mayBeLost = false, retain = false }: SendOptions = {},
  ): Promise<void> {
    if (this.#closed !== undefined) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#options.stats.sent += 1;
    this.#pending.add({
      topic,
      payload,
      mayBeLost,
      retain,
      isInFlight: false,
      wasTried: false,
      done: resolve,
    });
    this.#pump();
    return promise;
  }

  /** Resolves when everything given to it is acknowledged, or given up. */
  whenIdle(): Promise<void> {
    if (this.#pending.size === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers<void>();
    return this.#idle.promise;
  }

  /** Says goodbye and closes, at the latest after half a second, and gives up what is not acknowledged. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#isUp = false;
    clearTimeout(this.#retry);
    const client = this.#client;
    if (client?.connected === true && !this.#isFrozen) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const cut = setTimeout(resolve, closesWithinMs);
      client.stream.once('close', resolve);
      client.end();
      await promise;
      clearTimeout(cut);
    }
    this.#drop();
    for (const message of this.#pending) this.#giveUp(message);
  }

  #connect(): void {
    const { mqttUrl, device, stats, log } = this.#options;
    const client = mqtt.connect(mqttUrl, {
      clientId: device.id,
      username: device.id,
      password: device.secret,
      clean: true,
      keepalive: keepaliveS,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
    });
    this.#client = client;
    client.on('connect', () => {
      if (client !== this.#client) return;
      stats.connected += 1;
      this.#failures = 0;
      client.subscribe(this.#topics(), { qos: 1 }, () => undefined);
      this.#pump();
    });
    client.on('message', (topic, payload) => {
      if (client !== this.#client) return;
      if (topic === commandsTopic(device.id)) return this.#obey(payload.toString('utf8'));
      stats.refused += 1;
      log('A message was refused.', { deviceId: device.id, reason: payload.toString('utf8') });
    });
    client.on('error', (error) => {
      if (client !== this.#client) return;
      log('The connection failed.', { deviceId: device.id, reason: error.message });
    });
    client.on('close', () => this.#lost(client));
  }

  #topics(): string[] {
    const { id, profile } = this.#options.device;
    const isCommanded = understands(profile, 'reassure');
    return [errorsTopic(id), ...(isCommanded ? [commandsTopic(id)] : [])];
  }

  /** A real one would blink or speak. What it has been told before it is not told anew. */
  #obey(payload: string): void {
    const { device, stats, log } = this.#options;
    const command = Command.safeParse(parseJson(payload));
    if (!command.success) {
      log('A command was not understood.', { deviceId: device.id });
    } else if (command.data.id !== this.#reassuredBy) {
      this.#reassuredBy = command.data.id;
      stats.reassured += 1;
      log('The wearer is told that help is on its way.', { deviceId: device.id });
    }
  }

  #pump(): void {
    const client = this.#client;
    if (client === undefined || !client.connected) return;
    for (const message of this.#pending) {
      if (this.#inFlight >= window) return;
      if (!message.isInFlight) this.#publish(client, message);
    }
  }

  #publish(client: MqttClient, message: Message): void {
    const { stats } = this.#options;
    if (message.wasTried) stats.repeated += 1;
    message.isInFlight = true;
    message.wasTried = true;
    this.#inFlight += 1;
    const { topic, payload, retain } = message;
    const bytes = typeof payload === 'string' ? payload : Buffer.from(payload);
    client.publish(topic, bytes, { qos: 1, retain }, (error) => {
      if (error !== undefined && error !== null) return;
      if (!this.#pending.has(message)) return;
      stats.acknowledged += 1;
      if (client === this.#client) this.#inFlight -= 1;
      this.#finish(message);
      this.#pump();
    });
  }

  #giveUp(message: Message): void {
    this.#options.stats.givenUp += 1;
    this.#finish(message);
  }

  #finish(message: Message): void {
    this.#pending.delete(message);
    message.done();
    if (this.#pending.size > 0) return;
    this.#idle?.resolve();
    this.#idle = undefined;
  }

  /** Forgets the connection; what was in flight on it is sent again on the next one. */
  #lost(client: MqttClient): void {
    if (client !== this.#client) return;
    this.#drop();
    if (!this.#isUp) return;
    const wait = Math.min(retryAtMostMs, retryAfterMs * 2 ** this.#failures);
    this.#failures += 1;
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #drop(): void {
    const client = this.#client;
    this.#client = undefined;
    this.#isFrozen = false;
    this.#inFlight = 0;
    for (const message of this.#pending) {
      if (message.isInFlight && message.mayBeLost) this.#giveUp(message);
      message.isInFlight = false;
    }
    client?.end(true);
    client?.stream.destroy();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function closeAll(links: Iterable<Line>): Promise<void> {
  await Promise.all(Iterator.from(links).map((link) => link.close()));
}
