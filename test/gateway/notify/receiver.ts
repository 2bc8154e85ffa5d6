import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export type Reply = (response: ServerResponse, received: Received) => void;

/** Answers with this status, and these headers. */
export function status(code: number, headers: Record<string, string> = {}): Reply {
  return (response) => void response.writeHead(code, headers).end();
}

/** Takes the request and never answers. */
export const hang: Reply = () => {};

/** A real HTTP server on a port of its own; it answers as it is told to, 204 until then. */
export async function openReceiver() {
  const received: Received[] = [];
  let reply = status(204);
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    void take(request, response);
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body: Buffer.concat(chunks) };
    received.push(one);
    for (const resolve of waiting.splice(0)) resolve();
    reply(response, one);
  }

  async function listen(port = 0): Promise<number> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async function close(): Promise<void> {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  const port = await listen();
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: (next: Reply) => {
      reply = next;
    },
    /** Resolves when so many requests have come in all. */
    whenReceived: async (count: number) => {
      while (received.length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    close,
    reopen: () => listen(port),
  };
}
