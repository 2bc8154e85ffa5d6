import { onTestFinished } from 'vitest';
import { type RawData, WebSocket } from 'ws';

import { type AlertChange, ServerMessage } from '../../../gateway/protocol/stream.ts';
import type { World } from '../http/world.ts';

type Message<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

/** A screen as the gateway meets it, that answers heartbeats and remembers all it was told. */
export interface ScreenClient {
  socket: WebSocket;
  messages: ServerMessage[];
  send: (message: unknown) => void;
  hello: (cursor: number | null) => void;
  /** The next message of a type that nobody has waited for yet. */
  next: <T extends ServerMessage['type']>(type: T) => Promise<Message<T>>;
  /** All changes so far. */
  changes: () => AlertChange[];
  /** Resolves when a change with this `seq` or a later one has come. */
  reached: (seq: number) => Promise<void>;
  closed: Promise<{ code: number; reason: string }>;
}

export async function openScreen(
  world: Pick<World, 'port' | 'origin'>,
  cookie: string,
  { isMute = false } = {},
): Promise<ScreenClient> {
  const socket = connect(world, { cookie, origin: world.origin });
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  const messages: ServerMessage[] = [];
  const taken = new Set<ServerMessage>();
  const waiting = new Set<() => void>();
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  socket.on('message', (data: RawData) => {
    const message = ServerMessage.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString() : ''));
    if (message.type === 'heartbeat' && !isMute) send({ type: 'heartbeat' });
    messages.push(message);
    for (const look of waiting) look();
  });
  socket.on('error', () => socket.terminate());

  function until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  }

  const changes = () => messages.flatMap((one) => (one.type === 'changes' ? one.changes : []));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    socket,
    messages,
    send,
    hello: (cursor) => send({ type: 'hello', cursor }),
    next: async (type) => {
      const found = await until(() =>
        messages.find((one): one is Message<typeof type> => one.type === type && !taken.has(one)),
      );
      taken.add(found);
      return found;
    },
    changes,
    reached: async (seq) => {
      await until(() => changes().find((change) => change.seq >= seq));
    },
    closed,
  };
}

/** Tries to open a stream; answers the HTTP status of the refusal, or 101. */
export function knock(
  world: Pick<World, 'port'>,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(world, headers);
    socket.on('open', () => resolve({ status: 101, body: '' }));
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
  });
}

function connect({ port }: Pick<World, 'port'>, headers: Record<string, string>): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, { headers });
  onTestFinished(() => socket.terminate());
  return socket;
}
