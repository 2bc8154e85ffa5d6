import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { createWebSocketStream, WebSocketServer } from 'ws';

import { type Caller, forwardedCaller } from './caller.ts';
import type { Gate } from './gate.ts';

const subprotocol = 'mqtt';

/** Makes MQTT transports of HTTP upgrades (MQTT 3.1.1 chapter 6). */
export interface WebSocketDoor {
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  close: () => void;
}

export interface WebSocketDoorOptions {
  maxPacketBytes: number;
  /** How many proxies in front of us to believe about whom they speak for. */
  proxies: number;
  /** Whether those proxies are reached over https. */
  isHttps: boolean;
  connect: (transport: Duplex, caller: Caller) => Gate | null;
}

export function createWebSocketDoor(options: WebSocketDoorOptions): WebSocketDoor {
  const { maxPacketBytes, connect } = options;
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
        const gate = connect(createWebSocketStream(webSocket), {
          ...forwardedCaller(request.headers, request.socket.remoteAddress ?? '', options),
          certificate: () => null,
        });
        // MQTT goes in binary frames only; this is to run before the stream hands over the text.
        webSocket.prependListener('message', (_, isBinary) => {
          if (!isBinary) gate?.refuse({ clause: 'MQTT-6.0.0-1' });
        });
      });
    },
    close: () => server.close(),
  };
}

/** The client names the subprotocol, or is not let in [MQTT-6.0.0-3]. */
function offersMqtt(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === subprotocol);
}
