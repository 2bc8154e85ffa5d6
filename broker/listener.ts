import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import type { Caller } from './caller.ts';
import type { Limits } from './limits.ts';

/** A certificate to listen with, and its key, as PEM. */
export interface ServerCertificate {
  cert: Buffer | string;
  key: Buffer | string;
}

export interface TlsOptions extends ServerCertificate {
  port: number;
}

export interface Listener {
  listen: (host: string, port: number) => Promise<number>;
  close: () => void;
}

export interface TlsListener extends Listener {
  /** Who connects from now on is shown this one; throws when it does not fit its key. */
  renew: (certificate: ServerCertificate) => void;
}

export interface ListenerEvents {
  connected: (socket: Socket, caller: Caller) => void;
  failed: (cause: unknown) => void;
}

export function createTcpListener(events: ListenerEvents): Listener {
  const server = createServer({ noDelay: true }, (socket) =>
    events.connected(socket, {
      address: socket.remoteAddress ?? '',
      isEncrypted: false,
      certificate: () => null,
    }),
  );
  return createListener(server, events);
}

export function createTlsListener(
  { cert, key }: TlsOptions,
  limits: Limits,
  events: ListenerEvents,
): TlsListener {
  const handshakeTimeout = limits.connectTimeoutMs;
  const minVersion = 'TLSv1.2';
  const options = { cert, key, handshakeTimeout, noDelay: true, minVersion } as const;
  // Which authority is the right one depends on the device, which says who it is only in CONNECT: until then a
  // client certificate is taken from anybody. It is judged at each CONNECT, so a resumed session spares it nothing.
  const server = createTlsServer(
    { ...options, requestCert: true, rejectUnauthorized: false },
    (socket) =>
      events.connected(socket, {
        address: socket.remoteAddress ?? '',
        isEncrypted: true,
        certificate: () => socket.getPeerX509Certificate() ?? null,
      }),
  );
  server.maxConnections = limits.maxConnections;
  server.on('tlsClientError', (cause, socket) => {
    events.failed(cause);
    socket.destroy();
  });
  return {
    ...createListener(server, events),
    renew: (certificate) => server.setSecureContext({ ...certificate, minVersion }),
  };
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
