import { connect, type Socket } from 'node:net';

import mqttPacket from 'mqtt-packet';

import type { EventType } from '../../gateway/protocol/catalogue.ts';
import { forEachAck } from './acknowledgement.ts';
import { InFlight } from './in-flight.ts';
import { writeEvent, type Template } from './template.ts';

/** An event that the server has acknowledged; times are those of the clock that was passed in. */
export interface Acknowledged {
  deviceId: string;
  id: string;
  type: EventType;
  sentAt: number;
  at: number;
}

export interface LoadConnectionOptions {
  host: string;
  port: number;
  device: { id: string; secret: string };
  templates: readonly Template[];
  window: number;
  clock: () => number;
  /** The kind of the next event: an index of `templates`. */
  nextKind: () => number;
  connected: (connection: LoadConnection) => void;
  acknowledged: (
    connection: LoadConnection,
    sequence: number,
    kind: number,
    sentAt: number,
  ) => void;
  /** Called when acknowledgements have made room. */
  hasRoom: (connection: LoadConnection) => void;
  failed: (deviceId: string, reason: string) => void;
}

const keepaliveS = 60;
const retryAfterMs = 200;
const ping = mqttPacket.generate({ cmd: 'pingreq' });

/** One device on a raw socket, which sends batches of prepared packets and resends what a lost connection left open. */
export class LoadConnection {
  readonly deviceId: string;
  repeated = 0;
  readonly #options: LoadConnectionOptions;
  readonly #inFlight: InFlight;
  readonly #longest: number;
  #socket: Socket | undefined;
  #isReady = false;
  #isStopped = false;
  #rest: Buffer = Buffer.alloc(0);
  #retry: NodeJS.Timeout | undefined;

  constructor(options: LoadConnectionOptions) {
    this.#options = options;
    this.deviceId = options.device.id;
    this.#inFlight = new InFlight(options.window);
    this.#longest = Math.max(...options.templates.map(({ bytes }) => bytes.length));
  }

  /** How many events it may send now. */
  get room(): number {
    return this.#isReady ? this.#inFlight.room : 0;
  }

  get sent(): number {
    return this.#inFlight.next;
  }

  connect(): void {
    const { host, port, device, failed } = this.#options;
    const socket = connect({ host, port, noDelay: true });
    this.#socket = socket;
    this.#rest = Buffer.alloc(0);
    socket.on('error', (error) => failed(device.id, error.message));
    socket.on('close', () => this.#lost());
    socket.on('data', (data: Buffer) => this.#read(data));
    socket.write(
      mqttPacket.generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        keepalive: keepaliveS,
        clientId: device.id,
        username: device.id,
        password: Buffer.from(device.secret),
      }),
    );
  }

  /** Sends so many events, or as many as there is room for, and says how many. */
  send(wanted: number): number {
    const count = Math.min(wanted, this.room);
    if (count <= 0) return 0;
    const sentAt = this.#options.clock();
    const first = this.#inFlight.next;
    for (let index = 0; index < count; index += 1) {
      this.#inFlight.open(this.#options.nextKind(), sentAt);
    }
    this.#write(first, false);
    return count;
  }

  ping(): void {
    if (this.#isReady) this.#socket?.write(ping);
  }

  stop(): void {
    this.#isStopped = true;
    this.#isReady = false;
    clearTimeout(this.#retry);
    this.#socket?.destroy();
  }

  /** Writes the open events from this sequence number on, each with the time at which it was first sent. */
  #write(from: number, isRepeat: boolean): void {
    const { templates } = this.#options;
    const batch = Buffer.allocUnsafe((this.#inFlight.next - from) * this.#longest);
    let offset = 0;
    let timeOf = Number.NaN;
    let time = Buffer.alloc(0);
    for (let sequence = from; sequence < this.#inFlight.next; sequence += 1) {
      const template = templates[this.#inFlight.kindOf(sequence)];
      if (template === undefined || !this.#inFlight.isOpen(sequence)) continue;
      const sentAt = this.#inFlight.sentAtOf(sequence);
      if (sentAt !== timeOf) {
        timeOf = sentAt;
        time = Buffer.from(new Date(sentAt).toISOString());
      }
      const messageId = this.#inFlight.messageIdOf(sequence);
      offset = writeEvent(batch, offset, template, { messageId, sequence, time, isRepeat });
      if (isRepeat) this.repeated += 1;
    }
    this.#socket?.write(batch.subarray(0, offset));
  }

  #read(data: Buffer): void {
    const bytes = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    const used = forEachAck(bytes, {
      connected: (code) => this.#accept(code),
      published: (messageId) => this.#acknowledge(messageId),
    });
    this.#rest = bytes.subarray(used);
    if (this.room > 0) this.#options.hasRoom(this);
  }

  #accept(code: number): void {
    if (code !== 0) {
      this.#options.failed(this.deviceId, `The server refused the connection with code ${code}.`);
      this.#socket?.destroy();
      return;
    }
    this.#isReady = true;
    if (this.#inFlight.base < this.#inFlight.next) this.#write(this.#inFlight.base, true);
    this.#options.connected(this);
  }

  #acknowledge(messageId: number): void {
    const sequence = this.#inFlight.close(messageId);
    if (sequence === null) return;
    const { acknowledged } = this.#options;
    acknowledged(
      this,
      sequence,
      this.#inFlight.kindOf(sequence),
      this.#inFlight.sentAtOf(sequence),
    );
  }

  #lost(): void {
    this.#isReady = false;
    this.#socket = undefined;
    if (!this.#isStopped) this.#retry = setTimeout(() => this.connect(), retryAfterMs);
  }
}
