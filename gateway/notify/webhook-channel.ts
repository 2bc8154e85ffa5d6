import { Webhook } from 'standardwebhooks';

import type { Endpoint } from '../domain/duty/staffing.ts';
import type { AlertBrief, Channel } from '../domain/notification/channel.ts';
import type { NotificationKind, Sent, Waiting } from '../domain/notification/notification.ts';
import type { WebhookBody } from '../protocol/duty/endpoint.ts';
import { retry, retryAfterMs } from './retry-after.ts';
import { troubleOf } from './trouble.ts';
import { pathOf } from './wording.ts';

export interface WebhookOptions {
  endpoint: (id: string) => Promise<Endpoint | null>;
  /** The receiver said that it is no more (410 Gone). */
  disable: (id: string, at: number, why: string) => Promise<void>;
  publicUrl: string;
  clock: () => number;
}

export interface WebhookChannel extends Channel {
  /** Sends a message of type `endpoint.test`, also to an endpoint that is turned off. */
  sendTest: (endpoint: Endpoint, id: string, signal: AbortSignal) => Promise<Sent>;
}

/** A refusal may be a receiver's own mistake, so it is believed only when it has been repeated. */
const refusalsBelieved = 4;

const types: Readonly<Record<NotificationKind, WebhookBody['type']>> = {
  asked: 'alert.asked',
  taken: 'alert.taken',
  resolved: 'alert.resolved',
  reassure: 'alert.taken',
};

/** Webhooks signed as Standard Webhooks; `webhook-id` is the notification's id, however often it is sent. */
export function createWebhookChannel(options: WebhookOptions): WebhookChannel {
  const { clock, publicUrl } = options;

  async function post(
    { url, secret }: Endpoint,
    { id, body, signal }: { id: string; body: WebhookBody; signal: AbortSignal },
  ): Promise<Response | string> {
    const at = new Date(clock());
    const payload = JSON.stringify(body);
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Vaka',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': new Webhook(secret).sign(id, at, payload),
        },
        body: payload,
        signal,
      });
      // What it says besides the status is nothing to us, and may never end.
      response.body?.cancel().catch(() => {});
      return response;
    } catch (error) {
      return troubleOf(error, signal);
    }
  }

  async function judge(
    response: Response | string,
    { target, attempts }: Pick<Waiting, 'target' | 'attempts'>,
  ): Promise<Sent> {
    if (typeof response === 'string') return retry(response);
    const { status, ok } = response;
    if (ok) return { result: 'delivered' };
    const why = `HTTP ${status}`;
    if (status === 410) {
      await options.disable(target, clock(), 'HTTP 410 Gone');
      return { result: 'gone', why };
    }
    const mayPass = status === 408 || status === 429 || status >= 500;
    if (!mayPass && attempts + 1 >= refusalsBelieved) return { result: 'refused', why };
    return retry(why, retryAfterMs(response.headers.get('retry-after'), clock()));
  }

  return {
    name: 'webhook',
    send: async (notification, alert, signal) => {
      const endpoint = await options.endpoint(notification.target);
      if (endpoint === null) return { result: 'gone', why: 'the endpoint was removed' };
      if (endpoint.disabledAt !== null)
        return { result: 'gone', why: 'the endpoint is turned off' };
      const body = bodyOf(notification, alert, publicUrl);
      return judge(await post(endpoint, { id: notification.id, body, signal }), notification);
    },
    sendTest: async (endpoint, id, signal) => {
      const body: WebhookBody = {
        type: 'endpoint.test',
        timestamp: new Date(clock()).toISOString(),
        data: { ...nothing, isTest: true, url: publicUrl },
      };
      return judge(await post(endpoint, { id, body, signal }), {
        target: endpoint.id,
        attempts: 0,
      });
    },
  };
}

const nothing = {
  alertId: null,
  severity: null,
  title: null,
  home: null,
  raisedAt: null,
  asking: null,
};

function bodyOf(
  { kind, asking, at }: Waiting,
  { id, severity, title, homeLabel, raisedAt, isTest }: AlertBrief,
  publicUrl: string,
): WebhookBody {
  return {
    type: types[kind],
    timestamp: new Date(at).toISOString(),
    data: {
      alertId: id,
      severity,
      title,
      home: homeLabel,
      raisedAt: new Date(raisedAt).toISOString(),
      isTest,
      asking,
      url: new URL(pathOf(id), publicUrl).href,
    },
  };
}
