import { createHash } from 'node:crypto';

import { createTransport } from 'nodemailer';

import type { AlertBrief, Channel } from '../domain/notification/channel.ts';
import type { Sent } from '../domain/notification/notification.ts';
import { retry } from './retry-after.ts';
import { troubleOf } from './trouble.ts';
import { pathOf, streetOf, titleOf } from './wording.ts';

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with the name and password of an account where one is needed. */
  url: string;
  from: string;
  publicUrl: string;
  /** The address of a person; null if they have none any more. */
  addressOf: (personId: string) => Promise<string | null>;
  /** How many e-mails are sent at a time. */
  connections?: number;
}

export interface SmtpChannel extends Channel {
  close: () => void;
}

/** E-mail through the operator's mail server, over connections that are kept open. */
export function createSmtpChannel(options: SmtpOptions): SmtpChannel {
  const { url, from, publicUrl, addressOf, connections = 8 } = options;
  const transport = createTransport({
    pool: true,
    url,
    maxConnections: connections,
    maxRequeues: 1,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    name: 'email',
    close: () => transport.close(),
    send: async ({ id, target }, alert, signal) => {
      const to = await addressOf(target);
      if (to === null) return { result: 'gone', why: 'there is no such person' };
      const link = new URL(pathOf(alert.id), publicUrl);
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          messageId: `<${nameOf(id)}@${link.hostname}>`,
          // Of one alert, mail programs make one conversation.
          references: `<${nameOf(alert.id)}@${link.hostname}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...(isPressing(alert) ? { priority: 'high' as const } : {}),
          ...letterOf(alert, link.href),
          signal,
        });
        return { result: 'delivered' };
      } catch (error) {
        return judge(error, signal);
      }
    },
  };
}

/** What the SMTP library adds to its errors. */
interface SmtpFailure {
  responseCode: number;
  command: string;
}

function judge(error: unknown, signal: AbortSignal): Sent {
  if (!isReply(error)) return retry(troubleOf(error, signal));
  const { responseCode, command } = error;
  const why = `SMTP ${responseCode}`;
  if (responseCode < 500) return retry(why);
  if (command === 'RCPT TO') return { result: 'gone', why };
  if (command === 'DATA') return { result: 'refused', why };
  // The sender or the account is refused: an operator can put that right while we try.
  return retry(why);
}

function isReply(error: unknown): error is SmtpFailure {
  if (!(error instanceof Error) || !('responseCode' in error) || !('command' in error))
    return false;
  return typeof error.responseCode === 'number' && typeof error.command === 'string';
}

function isPressing({ severity }: AlertBrief): boolean {
  return severity === 'emergency' || severity === 'high';
}

function letterOf(alert: AlertBrief, link: string): { subject: string; text: string } {
  const title = titleOf(alert);
  const street = streetOf(alert);
  const where = street === null ? '' : `, ${street}`;
  const swedish = `${title.sv}${where}.\nÖppna larmet: ${link}`;
  const english = `${title.en}${where}.\nOpen the alert: ${link}`;
  return { subject: `${title.sv}${where}`, text: `${swedish}\n\n${english}\n` };
}

/** The same for the same notification, and safe in a Message-ID (RFC 5322, 3.6.4). */
function nameOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 32);
}
