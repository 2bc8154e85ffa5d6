import { describe, expect, onTestFinished, test } from 'vitest';

import { createSmtpChannel } from '../../../gateway/notify/smtp-channel.ts';
import { briefOf, impatient, patient, waitingOf } from './brief.ts';
import { openMailServer, openSilentServer } from './mail-server.ts';

const people = new Map([
  ['astrid', 'astrid@norr.example'],
  ['bengt', 'bengt@norr.example'],
]);

function openChannel(url: string) {
  const channel = createSmtpChannel({
    url,
    from: 'Vaka <vaka@norr.example>',
    publicUrl: 'https://vaka.example.se',
    addressOf: async (id) => people.get(id) ?? null,
  });
  onTestFinished(() => channel.close());
  return {
    channel,
    send: (to = 'astrid', some = {}, signal = patient) =>
      channel.send(waitingOf('email', to), briefOf(some), signal),
  };
}

/** Headers by lower-case name, and the text with its encoding undone. */
function read(source = '') {
  const [head = '', ...rest] = source.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')] as const;
    }),
  );
  const body = rest.join('\r\n\r\n');
  const isQuoted = headers.get('content-transfer-encoding') === 'quoted-printable';
  return { headers, text: isQuoted ? unquote(body) : body };
}

function unquote(text: string): string {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

describe('an e-mail', () => {
  test('says how urgent it is and where, in both languages, and never whom or what it is about', async () => {
    const server = await openMailServer();
    const { send } = openChannel(server.url);
    expect(await send()).toEqual({ result: 'delivered' });
    const [letter] = server.letters;
    expect(letter).toMatchObject({ from: 'vaka@norr.example', to: ['astrid@norr.example'] });
    const { headers, text } = read(letter?.source);
    expect(headers.get('subject')).toBe('Akut larm, Skogsgatan');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('x-priority')).toContain('1');
    expect(text).toContain('Akut larm, Skogsgatan.');
    expect(text).toContain('Emergency alert, Skogsgatan.');
    expect(text.match(/https:\/\/vaka\.example\.se\/alerts\/alert-1/g)).toHaveLength(2);
    expect(letter?.source).not.toMatch(/fall|badrum|bathroom|1102|12 B/i);
  });

  test('names no place where there is none, and says that a test is one', async () => {
    const server = await openMailServer();
    const { send } = openChannel(server.url);
    await send('astrid', { homeLabel: null, severity: 'technical', isTest: true });
    const { headers } = read(server.letters[0]?.source);
    expect(headers.get('subject')).toBe('Test: Tekniskt larm');
    expect(headers.has('x-priority')).toBe(false);
  });

  test('can be told from another, and not from itself sent again', async () => {
    const server = await openMailServer();
    const { send } = openChannel(server.url);
    await send('astrid');
    await send('astrid');
    await send('bengt');
    const ids = server.letters.map(({ source }) => read(source).headers.get('message-id'));
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@vaka\.example\.se>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(server.connections()).toBe(1);
  });

  test('goes out when the server is back', async () => {
    const server = await openMailServer();
    const { send } = openChannel(server.url);
    expect(await send()).toEqual({ result: 'delivered' });
    await server.close();
    expect(await send()).toEqual({ result: 'retry', why: 'no connection (ESOCKET)' });
    const back = await openMailServer(server.port);
    expect(await send()).toEqual({ result: 'delivered' });
    expect(back.letters).toHaveLength(1);
  });

  test('is not tried again for a person whom the server does not know, and others have theirs', async () => {
    const server = await openMailServer();
    server.refuseRecipients((address) =>
      address.startsWith('astrid') ? { code: 550, text: 'No such user astrid' } : null,
    );
    const { send } = openChannel(server.url);
    expect(await send('astrid')).toEqual({ result: 'gone', why: 'SMTP 550' });
    expect(await send('bengt')).toEqual({ result: 'delivered' });
  });

  test('is tried again when the server asks for patience', async () => {
    const server = await openMailServer();
    const { send } = openChannel(server.url);
    server.refuseRecipients(() => ({ code: 450, text: 'Greylisted' }));
    expect(await send()).toEqual({ result: 'retry', why: 'SMTP 450' });
    server.refuseRecipients(() => null);
    server.refuseLetters(() => ({ code: 451, text: 'Later' }));
    expect(await send()).toEqual({ result: 'retry', why: 'SMTP 451' });
    server.refuseLetters(() => ({ code: 554, text: 'Looks like spam' }));
    expect(await send()).toEqual({ result: 'refused', why: 'SMTP 554' });
  });

  test('is given up for this time by a server that says nothing', async () => {
    const server = await openSilentServer();
    const { send } = openChannel(server.url);
    const { signal, giveUp } = impatient();
    const connected = server.whenConnected();
    const sent = send('astrid', {}, signal);
    await connected;
    giveUp();
    expect(await sent).toEqual({ result: 'retry', why: 'no answer in time' });
    // The mail library has time limits of its own, which are longer.
  }, 5_000);

  test('is not sent to somebody who is no longer there', async () => {
    const server = await openMailServer();
    const { send } = openChannel(server.url);
    expect(await send('cilla')).toEqual({ result: 'gone', why: 'there is no such person' });
  });
});
