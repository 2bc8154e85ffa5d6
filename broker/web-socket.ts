import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { createWebSocketStream, WebSocketServer } from 'ws';

import type { Gate } from './gate.ts';

const subprotocol = 'mqtt';

/** Makes MQTT transports of HTTP upgrades (MQTT 3.1.1 chapter 6). */
export interface WebSocketDoor {
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  close: () => void;
}

export function createWebSocketDoor(
  maxPacketBytes: number,
  proxies: number,
  connect: (transport: Duplex, address: string) => Gate | null,
): WebSocketDoor {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    // A frame may hold several packets, or a part of one [MQTT-6.0.0-2].
    maxPayload: Math.max(2 * maxPacketBytes, 64 * 1024),
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });
  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      if (!offersMqtt(request)) {
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (webSocket) => {
        const gate = connect(createWebSocketStream(webSocket), addressOf(request, proxies));
        // MQTT goes in binary frames only; this is to run before the stream hands over the text.
        webSocket.prependListener('message', (_, isBinary) => {
          if (!isBinary) gate?.refuse({ clause: 'MQTT-6.0.0-1' });
        });
      });
    },
    close: () => server.close(),
  };
}

/** Whom the last proxy that we believe speaks for: each appends whom it was called by. */
function addressOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join();
  const callers = forwarded.split(',').map((address) => address.trim());
  const chain = [...callers.filter((address) => address !== ''), socket.remoteAddress ?? ''];
  return chain.at(-1 - Math.min(proxies, chain.length - 1)) ?? '';
}

/** The client names the subprotocol, or is not let in [MQTT-6.0.0-3]. */
function offersMqtt(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === subprotocol);
}
