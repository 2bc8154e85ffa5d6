import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import type { Limits } from './limits.ts';

/** A certificate to listen with, as PEM. */
export interface TlsOptions {
  port: number;
  cert: Buffer | string;
  key: Buffer | string;
}

export interface Listener {
  listen: (host: string, port: number) => Promise<number>;
  close: () => void;
}

export interface ListenerEvents {
  connected: (socket: Socket) => void;
  failed: (cause: unknown) => void;
}

export function createTcpListener(events: ListenerEvents): Listener {
  return createListener(createServer({ noDelay: true }, events.connected), events);
}

export function createTlsListener(
  { cert, key }: TlsOptions,
  limits: Limits,
  events: ListenerEvents,
): Listener {
  const handshakeTimeout = limits.connectTimeoutMs;
  const options = { cert, key, handshakeTimeout, noDelay: true };
  const server = createTlsServer({ ...options, minVersion: 'TLSv1.2' }, events.connected);
  server.maxConnections = limits.maxConnections;
  server.on('tlsClientError', (cause, socket) => {
    events.failed(cause);
    socket.destroy();
  });
  return createListener(server, events);
}

function createListener(server: Server, { failed }: ListenerEvents): Listener {
  // Also those that have not finished the TLS handshake.
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    listen: async (host, port) => {
      server.listen(port, host);
      await once(server, 'listening');
      server.on('error', failed);
      const address = server.address();
      return address === null || typeof address === 'string' ? port : address.port;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
