import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';

import { onTestFinished } from 'vitest';

/** Answers every request the same, once it has been read. */
export function answerWith(
  status: number,
  body: string,
  type = 'application/json; charset=utf-8',
  headers: Readonly<Record<string, string>> = {},
): RequestListener {
  return (request, response) => {
    request.resume().once('end', () => {
      response.writeHead(status, { 'Content-Type': type, ...headers }).end(body);
    });
  };
}

/** Lets it answer on a free port of this machine until the test is over; answers its URL. */
export async function listenOnce(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return `http://127.0.0.1:${address.port}`;
}
