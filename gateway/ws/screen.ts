import type { RawData, WebSocket } from 'ws';

import type { Account } from '../domain/account.ts';
import type { StreamStart } from '../domain/reading.ts';
import { ClientMessage, type Status } from '../protocol/stream.ts';
import { type Frame, frameOf } from './frame.ts';

/** Close codes: RFC 6455 section 7.4.1, and two of our own that the protocol names. */
export const closing = {
  restart: [1012, 'The gateway restarts.'],
  broken: [1011, 'Something went wrong here.'],
  silent: [1008, 'Say hello within five seconds.'],
  misunderstood: [1008, 'That message was not expected.'],
  sessionEnded: [4401, 'The session has ended.'],
  tooSlow: [4408, 'The screen reads too slowly.'],
} as const satisfies Record<string, readonly [number, string]>;

/** How long a closed screen may take to answer that it has understood. */
const partingMs = 800;
const changesPerFrame = 100;

export interface ScreenTerms {
  helloMs: number;
  /** How much may wait for a slow reader before it is cut off, in bytes. */
  mostWaiting: number;
}

export interface ScreenEvents {
  hello: (cursor: number | null) => void;
  seen: (alertId: string) => void;
  closed: () => void;
}

/**
 * One connection: says nothing before `hello`, then holds what is new back until it has sent what was missed.
 * Each change is sent once and in order; a reader that cannot keep up is cut off, and resumes from its cursor.
 */
export class Screen {
  readonly token: string;
  readonly account: Account;
  readonly #socket: WebSocket;
  readonly #terms: ScreenTerms;
  readonly #events: ScreenEvents;
  readonly #helloTimer: NodeJS.Timeout;
  #phase: 'new' | 'catching-up' | 'live' | 'closed' = 'new';
  #heldBack: { seq: number; frame: Frame }[] = [];
  #heldBytes = 0;
  #startedAt = 0;
  #beatsUnheard = 0;

  constructor(
    socket: WebSocket,
    who: { token: string; account: Account },
    terms: ScreenTerms,
    events: ScreenEvents,
  ) {
    this.token = who.token;
    this.account = who.account;
    this.#socket = socket;
    this.#terms = terms;
    this.#events = events;
    this.#helloTimer = setTimeout(() => this.close(closing.silent), terms.helloMs);
    socket.on('message', (data, isBinary) => this.#hear(data, isBinary));
    socket.on('close', () => this.#leave());
    // `close` follows every error, and ends it.
    socket.on('error', () => this.#leave());
  }

  get isOpen(): boolean {
    return this.#phase !== 'closed';
  }

  get isLive(): boolean {
    return this.#phase === 'live';
  }

  /** Sends what was missed, no faster than it is read. */
  async catchUp({ seq, changes, gone }: StreamStart): Promise<void> {
    this.#startedAt = seq;
    if (changes === null) {
      await this.#deliver(frameOf({ type: 'reset', seq }));
      return;
    }
    for (let from = 0; from < changes.length && this.isOpen; from += changesPerFrame) {
      const some = changes.slice(from, from + changesPerFrame);
      const last = some.at(-1)?.seq ?? seq;
      await this.#deliver(frameOf({ type: 'changes', seq: last, changes: some, gone: [] }));
    }
    if (gone.length > 0 && this.isOpen) {
      await this.#deliver(frameOf({ type: 'changes', seq, changes: [], gone: [...gone] }));
    }
  }

  /** Welcomes the screen, gives it what was committed meanwhile, and holds nothing back any longer. */
  goLive(at: number, status: Status): void {
    if (!this.isOpen) return;
    this.#phase = 'live';
    this.#send(frameOf({ type: 'welcome', seq: this.#startedAt, at, status }));
    const held = this.#heldBack;
    this.#heldBack = [];
    for (const { seq, frame } of held) this.offer(seq, frame);
  }

  /** What a commit, whose last change is `seq`, means to this screen. A commit is in what was missed wholly or not at all. */
  offer(seq: number, frame: Frame): void {
    if (this.#phase === 'live') {
      if (seq > this.#startedAt) this.#send(frame);
    } else if (this.#phase === 'catching-up') {
      this.#heldBack.push({ seq, frame });
      this.#heldBytes += frame.length;
      if (this.#heldBytes > this.#terms.mostWaiting) this.close(closing.tooSlow);
    }
  }

  /** Tells what is no part of the stream: whoever was not there has missed it. */
  mention(frame: Frame): void {
    if (this.isLive) this.#send(frame);
  }

  /** `seq` is that of the latest commit offered to any screen. */
  beat(at: number, seq: number, status: Status): void {
    if (!this.isLive) return;
    this.#send(frameOf({ type: 'heartbeat', at, seq: Math.max(seq, this.#startedAt), status }));
  }

  /** Counts a beat in which nothing was heard; answers how many there have been in a row. */
  countBeat(): number {
    this.#beatsUnheard += 1;
    return this.#beatsUnheard;
  }

  close([code, reason]: readonly [number, string]): void {
    if (!this.isOpen) return;
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), partingMs).unref();
    this.#leave();
  }

  /** Ends it without a word, for one that would not hear it. */
  terminate(): void {
    this.#socket.terminate();
    this.#leave();
  }

  #leave(): void {
    if (!this.isOpen) return;
    this.#phase = 'closed';
    this.#heldBack = [];
    clearTimeout(this.#helloTimer);
    this.#events.closed();
  }

  #send(frame: Frame): void {
    if (this.#socket.bufferedAmount > this.#terms.mostWaiting) this.close(closing.tooSlow);
    else if (this.isOpen) this.#socket.send(frame, { binary: false });
  }

  #deliver(frame: Frame): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.send(frame, { binary: false }, () => resolve());
    });
  }

  #hear(data: RawData, isBinary: boolean): void {
    if (!this.isOpen) return;
    this.#beatsUnheard = 0;
    const message = isBinary || !Buffer.isBuffer(data) ? null : parseMessage(data.toString());
    const isExpected = (message?.type === 'hello') === (this.#phase === 'new');
    if (message === null || !isExpected) {
      this.close(closing.misunderstood);
      return;
    }
    switch (message.type) {
      case 'hello':
        clearTimeout(this.#helloTimer);
        this.#phase = 'catching-up';
        this.#events.hello(message.cursor);
        return;
      case 'seen':
        this.#events.seen(message.alert);
        return;
      case 'heartbeat':
    }
  }
}

function parseMessage(text: string): ClientMessage | null {
  try {
    return ClientMessage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
