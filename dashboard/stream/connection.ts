import { ServerMessage, staleAfterMs, type ClientMessage } from '../../gateway/protocol/stream.ts';
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

/**
 * Keeps a stream open for as long as it is wanted, and resumes from the cursor. A hidden page's timers may run once a
 * minute, so it says that it lives when it is spoken to, and comes back from a first loss at once; then with back-off.
 */
export function connect(options: ConnectionOptions): Connection {
  const dice = options.dice ?? Math.random;
  const heard = createStopwatch();
  let socket: WebSocket | null = null;
  let losses = 0;
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
      // Not none: a stream that is lost as soon as it is welcome must not be opened without a pause, again and again.
      losses = Math.min(losses, 1);
    }
    if (message.type === 'heartbeat') losses = 0;
    // The gateway counts its beats while it catches a screen up too, and sends none then.
    if (message.type === 'heartbeat' || !isWelcome) send({ type: 'heartbeat' });
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
    losses += 1;
    if (losses === 1) open();
    else retryTimer = setTimeout(open, backoffMs(losses - 2, dice()));
  }

  function close(): void {
    isClosed = true;
    clearTimeout(retryTimer);
    clearTimeout(silenceTimer);
    const last = socket;
    socket = null;
    last?.close();
  }

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
