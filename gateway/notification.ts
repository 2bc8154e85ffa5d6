import { randomBytes, randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import type { Config } from './config.ts';
import type { TermsFor } from './domain/duty/terms.ts';
import type { EndpointDesk } from './domain/endpoint-desk.ts';
import type { Hub } from './domain/hub.ts';
import type { Channel } from './domain/notification/channel.ts';
import type { ChannelName } from './domain/notification/notification.ts';
import type { PushDesk } from './domain/push-desk.ts';
import type { Store } from './domain/store.ts';
import { createDeviceChannel } from './notify/device-channel.ts';
import { createSmtpChannel } from './notify/smtp-channel.ts';
import { createWebPushChannel, freshVapidKeys } from './notify/web-push-channel.ts';
import { createWebhookChannel } from './notify/webhook-channel.ts';
import { createEndpointDesk } from './services/endpoint-desk.ts';
import type { Metrics } from './services/metrics.ts';
import { createDispatcher, type Dispatcher } from './services/outbox.ts';
import { createPushDesk } from './services/push-desk.ts';

export interface NotificationOptions {
  config: Pick<Config, 'mail'>;
  store: Store;
  hub: Hub;
  metrics: Metrics;
  termsFor: TermsFor;
  clock: () => number;
  log: Logger;
  publicUrl: string;
  /** Publishes to a device with QoS 1. */
  publish: (topic: string, payload: string) => Promise<void>;
  isConnected: (deviceId: string) => boolean;
  /** In [0, 1). */
  random?: () => number;
  attemptMs?: number;
}

/** All that tells people outside the dashboard, and where those who look after it do so. */
export interface NotificationParts {
  dispatcher: Dispatcher;
  endpoints: EndpointDesk;
  push: PushDesk;
  close: () => Promise<void>;
}

/** What can be told through at all, as it is configured. */
export function channelsOf({ mail }: Pick<Config, 'mail'>): ReadonlySet<ChannelName> {
  return new Set<ChannelName>(['push', 'webhook', 'device', ...(mail ? ['email' as const] : [])]);
}

export function createNotification(options: NotificationOptions): NotificationParts {
  const { config, store, hub, metrics, termsFor, clock, log, publicUrl } = options;
  const { staffing, outbox } = store;
  const webhook = createWebhookChannel({
    endpoint: staffing.endpoint,
    disable: staffing.disableEndpoint,
    publicUrl,
    clock,
  });
  const push = createWebPushChannel({
    keys: () => staffing.vapidKeys(freshVapidKeys),
    contact: contactOf(publicUrl, config.mail?.from),
    subscriptions: staffing.subscriptions,
    endSubscription: staffing.endSubscription,
    clock,
  });
  const mail =
    config.mail === null
      ? null
      : createSmtpChannel({
          url: config.mail.smtpUrl,
          from: config.mail.from,
          publicUrl,
          addressOf: (personId) => addressOf(store, personId),
        });
  const channels: Channel[] = [webhook, push, createDeviceChannel(options)];
  const dispatcher = createDispatcher({
    store,
    channels: mail === null ? channels : [...channels, mail],
    hub,
    metrics,
    termsFor,
    clock,
    random: options.random ?? Math.random,
    told: (told) => log[told.fate === 'failed' ? 'warn' : 'info'](told, 'notification ended'),
    failed: (error) => log.error({ err: error }, 'a notification could not be handled'),
    ...(options.attemptMs === undefined ? {} : { attemptMs: options.attemptMs }),
  });

  return {
    dispatcher,
    endpoints: createEndpointDesk({
      staffing,
      outbox,
      transaction: store.transaction,
      sendTest: webhook.sendTest,
      clock,
      newId: randomUUID,
      random: randomBytes,
      changed: (change) => log.info(change, 'endpoint changed'),
    }),
    push: createPushDesk({ staffing, freshKeys: freshVapidKeys, clock }),
    close: async () => {
      await dispatcher.stop();
      mail?.close();
    },
  };
}

/** Push services turn to the operator of a gateway that has no public address of its own by mail. */
function contactOf(publicUrl: string, from: string | undefined): string {
  if (publicUrl.startsWith('https:')) return publicUrl;
  const address = /[^\s<>]+@[^\s<>]+/.exec(from ?? '')?.[0];
  return `mailto:${address ?? 'vaka@localhost'}`;
}

async function addressOf({ accounts, staffing }: Store, personId: string): Promise<string | null> {
  const account = await accounts.account(personId);
  if (account === null) return null;
  const people = await staffing.people(account.scope.municipalityId);
  return people.find(({ id }) => id === personId)?.email ?? null;
}
