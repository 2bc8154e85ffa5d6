import { Duplex } from 'node:stream';

import { AcknowledgementQueue } from './acknowledgement-queue.ts';
import type { Caller } from './caller.ts';
import type { Limits } from './limits.ts';
import { packetType } from './packet/packet-check.ts';
import { PacketScanner, type Refusal, type ScannedPacket } from './packet/packet-scanner.ts';
import type { TokenBucket } from './token-bucket.ts';

/** What the gate tells about its connection. */
export interface GateEvents {
  refused: (gate: Gate, refusal: Refusal) => void;
  throttled: (gate: Gate, by: 'rate' | 'in-flight') => void;
  silent: (gate: Gate, seconds: number) => void;
}

/** What the gate needs of a socket, a TLS socket or a WebSocket stream. */
export type Transport = Duplex;

const lingerMs = 1_000;

/**
 * Stands between a transport and aedes: checks every packet, lets CONNECT through alone, and then only as many
 * messages as the device's rate and what is already being stored allow. The rest stays unread in the socket.
 */
export class Gate extends Duplex {
  readonly caller: Caller;
  readonly address: string;
  /** Set when the device has proved who it is. */
  deviceId: string | null = null;
  /** Closed by us and not by the device, so its will is not due. */
  revoked = false;
  /** Why it closes has been said, so what aedes says about it is an echo. */
  explained = false;
  /** Aedes has the session; presence counts from here. */
  registered = false;
  readonly acknowledgements = new AcknowledgementQueue(() => this.#settled());
  readonly #transport: Transport;
  readonly #limits: Limits;
  readonly #events: GateEvents;
  readonly #scanner: PacketScanner;
  #bucket: TokenBucket | null = null;
  #state: 'connect' | 'connecting' | 'open' = 'connect';
  #inFlight = 0;
  #wanted = false;
  #ended = false;
  #throttled = false;
  #retry: NodeJS.Timeout | null = null;
  #keepAlive: NodeJS.Timeout | null = null;

  constructor(transport: Transport, caller: Caller, limits: Limits, events: GateEvents) {
    super({ allowHalfOpen: false });
    this.caller = caller;
    this.address = caller.address;
    this.#transport = transport;
    this.#limits = limits;
    this.#events = events;
    this.#scanner = new PacketScanner(limits.maxPacketBytes);
    transport.on('data', (chunk: Buffer) => this.#received(chunk));
    transport.on('end', () => this.#transportEnded());
    transport.on('error', (error) => this.destroy(error));
    transport.on('close', () => this.destroy());
  }

  /** Aedes has answered CONNECT with success: what the device sent behind it may follow. */
  open(bucket: TokenBucket): void {
    this.#bucket = bucket;
    this.#state = 'open';
    this.#advance();
  }

  /** Closes the connection when nothing has come for one and a half times the interval [MQTT-3.1.2-24]. */
  watchSilence(seconds: number): void {
    this.#keepAlive = setTimeout(() => {
      if (this.#isBlocked()) {
        this.#keepAlive?.refresh();
      } else {
        this.explained = true;
        this.#events.silent(this, seconds);
        this.destroy();
      }
    }, seconds * 1_500);
  }

  /** Closes the connection for what came over it, and says so. */
  refuse(refusal: Refusal): void {
    this.explained = true;
    this.#events.refused(this, refusal);
    if (refusal.connack === undefined) {
      this.abort();
      return;
    }
    // CONNACK without a session, and the reason [MQTT-3.2.2-4] [MQTT-3.2.2-5].
    this.#transport.write(Buffer.from([0x20, 2, 0, refusal.connack]));
    this.destroy();
  }

  /** Cuts the connection without lingering. */
  abort(): void {
    this.#transport.destroy();
    this.destroy();
  }

  override _read(): void {
    this.#wanted = true;
    this.#advance();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#transport.write(chunk, (error) => this.#written(done, error));
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    const bytes = chunks.map(({ chunk }) => chunk);
    this.#transport.write(Buffer.concat(bytes), (error) => this.#written(done, error));
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#transport.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    if (this.#keepAlive !== null) clearTimeout(this.#keepAlive);
    if (error === null) this.#hangUp();
    else this.#transport.destroy();
    done(error);
  }

  #written(done: (error?: Error | null) => void, error: Error | null | undefined): void {
    done(error ?? null);
    if (this.#wanted) this.#advance();
  }

  #received(chunk: Buffer): void {
    if (this.destroyed) return;
    this.#keepAlive?.refresh();
    this.#scanner.feed(chunk);
    this.#advance();
  }

  #transportEnded(): void {
    this.#ended = true;
    this.#advance();
  }

  #settled(): void {
    this.#inFlight -= 1;
    if (this.#throttled) this.#advance();
  }

  /** Lets through what may pass now, as one slice where the packets lie side by side. */
  #advance(): void {
    if (this.destroyed) return;
    let run: ScannedPacket | null = null;
    while (!this.#isBlocked()) {
      const scanned = this.#scanner.next();
      if (scanned === null) {
        this.#starve(run);
        return;
      }
      if ('clause' in scanned) {
        this.refuse(scanned);
        return;
      }
      this.#admit(scanned);
      if (run !== null && run.bytes === scanned.bytes) {
        run.end = scanned.end;
      } else {
        this.#pass(run);
        run = scanned;
      }
    }
    this.#pass(run);
    this.#transport.pause();
  }

  #starve(run: ScannedPacket | null): void {
    this.#pass(run);
    this.#throttled = false;
    if (this.#ended) this.push(null);
    else this.#transport.resume();
  }

  #pass(run: ScannedPacket | null): void {
    if (run !== null) this.#wanted = this.push(run.bytes.subarray(run.start, run.end));
  }

  #admit(packet: ScannedPacket): void {
    this.#bucket?.take();
    if (packet.type === packetType.publish) this.#inFlight += 1;
    if (packet.type === packetType.connect) this.#state = 'connecting';
  }

  /** Whether the next packet, if there is one, has to wait. */
  #isBlocked(): boolean {
    if (!this.#wanted || this.#state === 'connecting') return true;
    if (this.writableLength >= this.writableHighWaterMark) return true;
    if (this.#inFlight >= this.#limits.maxInFlight) return this.#throttle('in-flight');
    const waitMs = this.#bucket?.waitMs(performance.now()) ?? 0;
    if (waitMs === 0) return false;
    this.#retry ??= setTimeout(() => {
      this.#retry = null;
      this.#advance();
    }, waitMs);
    return this.#throttle('rate');
  }

  #throttle(by: 'rate' | 'in-flight'): true {
    if (!this.#throttled) this.#events.throttled(this, by);
    this.#throttled = true;
    return true;
  }

  /** Ends the transport so that what was written arrives, and does not wait for ever for the other side. */
  #hangUp(): void {
    if (this.#transport.destroyed) return;
    const linger = setTimeout(() => this.#transport.destroy(), lingerMs);
    linger.unref();
    this.#transport.once('close', () => clearTimeout(linger));
    this.#transport.end();
    this.#transport.resume();
  }
}
