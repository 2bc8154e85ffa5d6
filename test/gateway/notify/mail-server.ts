import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface Letter {
  from: string;
  to: readonly string[];
  /** As it came: headers and text. */
  source: string;
}

/** What the server says to a recipient, or to a whole letter; null takes it. */
export type Verdict = (address: string) => { code: number; text: string } | null;

function refusal({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** A real SMTP server on a port of its own. */
export async function openMailServer(port = 0) {
  const letters: Letter[] = [];
  const refused: Letter[] = [];
  let connections = 0;
  let judgeRecipient: Verdict = () => null;
  let judgeLetter: Verdict = () => null;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 50,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onRcptTo: ({ address }, _session, done) => {
      const verdict = judgeRecipient(address);
      done(verdict === null ? null : refusal(verdict));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address);
        const verdict = judgeLetter(to[0] ?? '');
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const letter = { from, to, source: Buffer.concat(chunks).toString('utf8') };
        (verdict === null ? letters : refused).push(letter);
        done(verdict === null ? null : refusal(verdict));
      });
    },
  });
  // A client that breaks off is no fault of ours.
  server.on('error', () => {});
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  let isOpen = true;
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await new Promise<void>((resolve) => server.close(resolve));
  }
  onTestFinished(close);
  const address = server.server.address() as AddressInfo;
  return {
    port: address.port,
    url: `smtp://127.0.0.1:${address.port}`,
    letters,
    refused,
    connections: () => connections,
    refuseRecipients: (verdict: Verdict) => {
      judgeRecipient = verdict;
    },
    refuseLetters: (verdict: Verdict) => {
      judgeLetter = verdict;
    },
    close,
  };
}

/** Something that takes connections as a mail server does, and never says a word. */
export async function openSilentServer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    whenConnected: () => once(server, 'connection'),
  };
}
