import type { Violation } from './connect.ts';
import { checkBody, checkFirstByte, packetType } from './packet-check.ts';
import { byteAt } from './text.ts';

/** One whole, well-formed packet: `bytes` from `start` to `end`. */
export interface ScannedPacket {
  bytes: Buffer;
  start: number;
  end: number;
  type: number;
}

/** A broken rule; `oversize` when it is ours about size and not the standard's. */
export interface Refusal extends Violation {
  oversize?: number;
}

/** Header and length of the packet at hand; one object serves them all, as this runs for every packet. */
interface Frame {
  first: number;
  bodyStart: number;
  end: number;
}

const nothing = Buffer.alloc(0);

/**
 * Cuts a byte stream into packets and checks each before aedes sees it. Whole packets are slices of what the
 * socket gave; only one that is split over chunks is copied, once. The verdict does not depend on the chunks.
 */
export class PacketScanner {
  readonly #maxPacketBytes: number;
  #chunk: Buffer = nothing;
  #at = 0;
  #split: Buffer = nothing;
  #splitBytes = 0;
  #connected = false;
  #refusal: Refusal | null = null;
  readonly #found: Frame = { first: 0, bodyStart: 0, end: 0 };

  constructor(maxPacketBytes: number) {
    this.#maxPacketBytes = maxPacketBytes;
  }

  /** Adds what came from the socket; everything before it is first to be taken with `next`. */
  feed(chunk: Buffer): void {
    if (this.#at < this.#chunk.length) {
      this.#chunk = Buffer.concat([this.#chunk.subarray(this.#at), chunk]);
    } else {
      this.#chunk = chunk;
    }
    this.#at = 0;
  }

  /** The next packet, a refusal (for good), or null: more bytes are needed. */
  next(): ScannedPacket | Refusal | null {
    if (this.#refusal !== null) return this.#refusal;
    const scanned = this.#splitBytes > 0 ? this.#nextSplit() : this.#nextWhole();
    if (scanned !== null && 'clause' in scanned) this.#refusal = scanned;
    return scanned;
  }

  #nextWhole(): ScannedPacket | Refusal | null {
    const chunk = this.#chunk;
    if (this.#at >= chunk.length) return null;
    const frame = this.#frame(chunk, this.#at, chunk.length);
    if (frame !== null && 'clause' in frame) return frame;
    if (frame === null || frame.end > chunk.length) {
      this.#hold(chunk.subarray(this.#at));
      this.#at = chunk.length;
      return null;
    }
    const start = this.#at;
    this.#at = frame.end;
    return this.#check(chunk, start, frame);
  }

  #nextSplit(): ScannedPacket | Refusal | null {
    let frame = this.#frame(this.#split, 0, this.#splitBytes);
    while (frame === null && this.#at < this.#chunk.length) {
      this.#hold(this.#chunk.subarray(this.#at, this.#at + 1));
      this.#at += 1;
      frame = this.#frame(this.#split, 0, this.#splitBytes);
    }
    if (frame === null || 'clause' in frame) return frame;
    const missing = frame.end - this.#splitBytes;
    const piece = this.#chunk.subarray(this.#at, this.#at + missing);
    this.#hold(piece);
    this.#at += piece.length;
    if (piece.length < missing) return null;
    const packet = this.#split;
    this.#split = nothing;
    this.#splitBytes = 0;
    return this.#check(packet, 0, frame);
  }

  /** Keeps the beginning of a packet; the room doubles, so that a header alone cannot claim memory. */
  #hold(piece: Buffer): void {
    const bytes = this.#splitBytes + piece.length;
    if (bytes > this.#split.length) {
      const room = Buffer.allocUnsafeSlow(Math.max(64, bytes, this.#split.length * 2));
      this.#split.copy(room, 0, 0, this.#splitBytes);
      this.#split = room;
    }
    piece.copy(this.#split, this.#splitBytes);
    this.#splitBytes = bytes;
  }

  /** Null while too few bytes have come. */
  #frame(bytes: Buffer, start: number, end: number): Frame | Refusal | null {
    const first = byteAt(bytes, start);
    const clause = this.#checkOrder(first >> 4) ?? checkFirstByte(first);
    if (clause !== null) return { clause };
    let length = 0;
    for (let at = start + 1, shift = 0; at < end; at++, shift += 7) {
      const byte = byteAt(bytes, at);
      length += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return this.#foundAt(first, at + 1, length);
      if (shift === 21) return { clause: 'MQTT-2.2.3' };
    }
    return null;
  }

  #foundAt(first: number, bodyStart: number, length: number): Frame | Refusal {
    if (length > this.#maxPacketBytes) return { clause: 'packet-size', oversize: length };
    this.#found.first = first;
    this.#found.bodyStart = bodyStart;
    this.#found.end = bodyStart + length;
    return this.#found;
  }

  /** CONNECT comes first and once [MQTT-3.1.0-1] [MQTT-3.1.0-2]. */
  #checkOrder(type: number): string | null {
    if (this.#connected) return type === packetType.connect ? 'MQTT-3.1.0-2' : null;
    return type === packetType.connect ? null : 'MQTT-3.1.0-1';
  }

  #check(bytes: Buffer, start: number, frame: Frame): ScannedPacket | Refusal {
    const violation = checkBody(bytes, frame.first, frame.bodyStart, frame.end);
    if (violation !== null) return violation;
    this.#connected = true;
    return { bytes, start, end: frame.end, type: frame.first >> 4 };
  }
}
