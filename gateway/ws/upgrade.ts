import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Account } from '../domain/account.ts';

/** Who may open a stream; the same answers as for any other request. */
export interface StreamGate {
  isOwnOrigin: (request: IncomingMessage) => boolean;
  explainOrigin: (request: IncomingMessage) => string;
  authenticate: (request: IncomingMessage) => Promise<{ token: string; account: Account } | null>;
}

/** Answers an upgrade with a refusal that HTTP clients understand. */
export function refuse(socket: Duplex, status: number, detail: string): void {
  const body = `${detail}\n`;
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n` +
      'Connection: close\r\nCache-Control: no-store\r\nContent-Type: text/plain; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
