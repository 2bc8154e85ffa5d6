import { createHash } from 'node:crypto';

import webPush from 'web-push';

import type { PushSubscription, VapidKeys } from '../domain/duty/staffing.ts';
import type { AlertBrief, Channel } from '../domain/notification/channel.ts';
import type { Sent } from '../domain/notification/notification.ts';
import type { Severity } from '../protocol/alert.ts';
import type { PushMessage } from '../protocol/duty/push.ts';
import { retry, retryAfterMs } from './retry-after.ts';
import { troubleOf } from './trouble.ts';
import { pathOf, streetOf, titleOf } from './wording.ts';

export interface WebPushOptions {
  keys: () => Promise<VapidKeys>;
  /** Whom a push service may turn to: `mailto:` or `https:` (RFC 8292, 2.1). */
  contact: string;
  subscriptions: (personId: string) => Promise<readonly PushSubscription[]>;
  endSubscription: (endpoint: string) => Promise<void>;
  clock: () => number;
}

/** How long a push service keeps what it cannot hand over, and how hard it tries (RFC 8030, 5.2 and 5.3). */
const terms: Readonly<Record<Severity, { TTL: number; urgency: 'low' | 'normal' | 'high' }>> = {
  emergency: { TTL: 10 * 60, urgency: 'high' },
  high: { TTL: 10 * 60, urgency: 'high' },
  medium: { TTL: 30 * 60, urgency: 'normal' },
  low: { TTL: 60 * 60, urgency: 'low' },
  technical: { TTL: 60 * 60, urgency: 'normal' },
};

/** A key pair to be known by, for a gateway that has none yet. */
export function freshVapidKeys(): VapidKeys {
  return webPush.generateVAPIDKeys();
}

/** Web Push to every browser in which the person has asked for it; one that takes it is enough. */
export function createWebPushChannel(options: WebPushOptions): Channel {
  const { contact, clock } = options;

  async function sendTo(
    subscription: PushSubscription,
    { payload, alert, signal }: { payload: string; alert: AlertBrief; signal: AbortSignal },
  ): Promise<Sent> {
    const { endpoint, keys } = subscription;
    const { publicKey, privateKey } = await options.keys();
    let request: ReturnType<typeof webPush.generateRequestDetails>;
    try {
      request = webPush.generateRequestDetails({ endpoint, keys }, payload, {
        ...terms[alert.severity],
        vapidDetails: { subject: contact, publicKey, privateKey },
        contentEncoding: 'aes128gcm',
        topic: topicOf(alert.id),
      });
    } catch {
      await options.endSubscription(endpoint);
      return { result: 'gone', why: 'the keys of the subscription cannot be used' };
    }
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        redirect: 'manual',
        headers: headersOf(request.headers),
        body: new Uint8Array(request.body ?? []),
        signal,
      });
      response.body?.cancel().catch(() => {});
      return await judge(response, endpoint);
    } catch (error) {
      return retry(troubleOf(error, signal));
    }
  }

  async function judge({ ok, status, headers }: Response, endpoint: string): Promise<Sent> {
    if (ok) return { result: 'delivered' };
    const why = `HTTP ${status}`;
    if (status === 404 || status === 410) {
      await options.endSubscription(endpoint);
      return { result: 'gone', why };
    }
    if (status === 400 || status === 413) return { result: 'refused', why };
    return retry(why, retryAfterMs(headers.get('retry-after'), clock()));
  }

  return {
    name: 'push',
    send: async ({ id, target }, alert, signal) => {
      const subscriptions = await options.subscriptions(target);
      const payload = JSON.stringify(messageOf(id, alert));
      const results = await Promise.all(
        subscriptions.map((each) => sendTo(each, { payload, alert, signal })),
      );
      return best(results) ?? { result: 'gone', why: 'no browser is subscribed' };
    },
  };
}

/** One browser that has it will do; else whatever may still succeed is tried again. */
function best(results: readonly Sent[]): Sent | undefined {
  const order: readonly Sent['result'][] = ['delivered', 'retry', 'refused', 'gone'];
  return order.flatMap((result) => results.find((each) => each.result === result) ?? [])[0];
}

function messageOf(id: string, alert: AlertBrief): PushMessage {
  const street = streetOf(alert);
  return {
    id,
    title: titleOf(alert),
    body: { sv: street ?? 'Öppna Vaka.', en: street ?? 'Open Vaka.' },
    path: pathOf(alert.id),
    tag: alert.id,
    severity: alert.severity,
  };
}

/** A later push about the same alert takes the place of one that is still waiting (RFC 8030, 5.4). */
function topicOf(alertId: string): string {
  return createHash('sha256').update(alertId).digest('base64url').slice(0, 32);
}

/** `fetch` counts the length itself. */
function headersOf(headers: Record<string, unknown>): [string, string][] {
  return Object.entries(headers)
    .filter(([name]) => name.toLowerCase() !== 'content-length')
    .map(([name, value]) => [name, String(value)]);
}
