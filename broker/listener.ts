import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** A certificate to listen with, as PEM. */
export interface TlsOptions {
  port: number;
  cert: Buffer | string;
  key: Buffer | string;
  /** What client certificates are checked against, where they are asked for. */
  ca?: Buffer | string;
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
  { cert, key, ca }: TlsOptions,
  handshakeTimeout: number,
  events: ListenerEvents,
): Listener {
  const trust = ca === undefined ? {} : { ca };
  const options = { cert, key, ...trust, handshakeTimeout, noDelay: true, minVersion: 'TLSv1.2' };
  const server = createTlsServer({ ...options, minVersion: 'TLSv1.2' }, events.connected);
  server.on('tlsClientError', (cause, socket) => {
    events.failed(cause);
    socket.destroy();
  });
  return createListener(server, events);
}

function createListener(server: Server, { failed }: ListenerEvents): Listener {
  return {
    listen: async (host, port) => {
      server.listen(port, host);
      await once(server, 'listening');
      server.on('error', failed);
      const address = server.address();
      return address === null || typeof address === 'string' ? port : address.port;
    },
    close: () => server.close(),
  };
}
