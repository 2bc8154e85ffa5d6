import {
  heartbeatMs,
  ServerMessage,
  staleAfterMs,
  type ClientMessage,
} from '../../gateway/protocol/stream.ts';
import { createStopwatch } from '../clock/stopwatch.ts';
import { backoffMs } from './backoff.ts';

export const sessionEndedCode = 4401;

export interface ConnectionOptions {
  url: string;
  /** The position to go on from. */
  cursor: () => number;
  onMessage: (message: ServerMessage) => void;
  /** Something came that could not be understood: what the screen shows may be wrong. */
  onGarbage: () => void;
  onSessionEnded: () => void;
  /** An attempt failed before `welcome`: perhaps the gateway is gone, perhaps the session is. */
  onRefused: () => void;
  dice?: () => number;
}

export interface Connection {
  /** False when there is nobody to say it to; say it again after `welcome`. */
  send: (message: ClientMessage) => boolean;
  /** Tries again at once, when the network or the page has come back. */
  hurry: () => void;
  close: () => void;
}

/** Keeps a stream open for as long as it is wanted: comes back with back-off, and resumes from the cursor. */
export function connect(options: ConnectionOptions): Connection {
  const dice = options.dice ?? Math.random;
  const heard = createStopwatch();
  let socket: WebSocket | null = null;
  let attempt = 0;
  let isWelcome = false;
  let isClosed = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;

  function send(message: ClientMessage): boolean {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  function open(): void {
    clearTimeout(retryTimer);
    const opened = new WebSocket(options.url);
    socket = opened;
    isWelcome = false;
    expectWord(opened);
    opened.addEventListener('open', () => {
      if (opened === socket) send({ type: 'hello', cursor: options.cursor() });
    });
    opened.addEventListener('message', ({ data }) => {
      if (opened === socket) hear(opened, data);
    });
    opened.addEventListener('close', ({ code }) => {
      if (opened === socket) lose(code);
    });
  }

  function hear(from: WebSocket, data: unknown): void {
    expectWord(from);
    const message = parseMessage(data);
    if (message === null) {
      options.onGarbage();
      return;
    }
    if (message.type === 'welcome') {
      isWelcome = true;
      attempt = 0;
    }
    options.onMessage(message);
  }

  /** A socket can be dead long before the system notices; silence is what tells. */
  function expectWord(from: WebSocket): void {
    heard.restart();
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => {
      if (from !== socket) return;
      from.close();
      lose(null);
    }, staleAfterMs);
  }

  function lose(code: number | null): void {
    socket = null;
    clearTimeout(silenceTimer);
    if (isClosed) return;
    if (code === sessionEndedCode) {
      close();
      options.onSessionEnded();
      return;
    }
    if (!isWelcome) options.onRefused();
    clearTimeout(retryTimer);
    retryTimer = setTimeout(open, backoffMs(attempt, dice()));
    attempt += 1;
  }

  function close(): void {
    isClosed = true;
    clearTimeout(retryTimer);
    clearTimeout(silenceTimer);
    clearInterval(beat);
    const last = socket;
    socket = null;
    last?.close();
  }

  const beat = setInterval(() => send({ type: 'heartbeat' }), heartbeatMs);
  open();
  return {
    send,
    hurry: () => {
      // A phone that wakes may hold a socket that died in its sleep, and timers that slept too.
      if (isClosed || (socket !== null && heard.elapsedMs() < staleAfterMs)) return;
      const dead = socket;
      socket = null;
      dead?.close();
      open();
    },
    close,
  };
}

function parseMessage(data: unknown): ServerMessage | null {
  try {
    return ServerMessage.parse(JSON.parse(String(data)));
  } catch {
    return null;
  }
}
