import { Registry } from 'prom-client';
import { describe, expect, onTestFinished, test } from 'vitest';

import type { Channel } from '../../../gateway/domain/notification/channel.ts';
import type { Notification } from '../../../gateway/domain/notification/notification.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { createSmtpChannel } from '../../../gateway/notify/smtp-channel.ts';
import { createWebPushChannel, freshVapidKeys } from '../../../gateway/notify/web-push-channel.ts';
import { createWebhookChannel } from '../../../gateway/notify/webhook-channel.ts';
import { createMetrics } from '../../../gateway/services/metrics.ts';
import { createDispatcher, type Told } from '../../../gateway/services/outbox.ts';
import { rulesOf } from '../domain/home/given-home.ts';
import { openMailServer } from '../notify/mail-server.ts';
import { openPushService } from '../notify/push-service.ts';
import { hang, openReceiver, status } from '../notify/receiver.ts';
import { hour, minute, scopeOf } from '../store/furnish.ts';
import { type Core, openCore, termsFor } from './core.ts';

const rules = rulesOf({ id: 'help', on: 'help.pressed', severity: 'emergency' });
const astrid = scopeOf({ userId: 'astrid' });

/** A core with an emergency, and two alarm centres, each a real receiver. */
async function openWorld(options: { around?: (store: Store) => Store } = {}) {
  const core = await openCore({ rules });
  await core.send('button-home-1');
  const alertId = core.told[0]?.[0]?.alert.id ?? '';
  const centre = await openReceiver();
  const other = await openReceiver();
  for (const [id, { url }] of Object.entries({ centre, other })) {
    await core.store.staffing.saveEndpoint(
      {
        id,
        municipalityId: 'norr',
        name: id,
        url,
        secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
        disabledAt: null,
        disabledWhy: null,
      },
      core.clock.now(),
    );
  }
  const told: Told[] = [];
  const failures: unknown[] = [];

  function webhooksOf(store: Store): Channel {
    return createWebhookChannel({
      endpoint: store.staffing.endpoint,
      disable: store.staffing.disableEndpoint,
      publicUrl: 'https://vaka.example.se',
      clock: core.clock.now,
    });
  }

  function open(own: { channels?: readonly Channel[]; store?: Store; attemptMs?: number } = {}) {
    const bare = own.store ?? core.store;
    const store = options.around?.(bare) ?? bare;
    const dispatcher = createDispatcher({
      store,
      channels: own.channels ?? [webhooksOf(store)],
      hub: core.hub,
      metrics: createMetrics(new Registry()),
      termsFor,
      clock: core.clock.now,
      random: () => 0.5,
      told: (each) => told.push(each),
      failed: (error) => failures.push(error),
      attemptMs: own.attemptMs ?? 60_000,
    });
    onTestFinished(() => dispatcher.stop());
    return dispatcher;
  }

  async function enqueue(...some: Partial<Notification>[]): Promise<void> {
    const complete = some.map((each): Notification => {
      const { asking = 1, kind = 'asked', channel = 'webhook', target = 'centre' } = each;
      const at = core.clock.now();
      const id = `${alertId}:${asking}:${channel}:${kind}:${target}`;
      const what = { kind, channel, target, severity: 'emergency' } as const;
      return { id, municipalityId: 'norr', alertId, asking, ...what, at, ...each };
    });
    await core.store.transaction((ledger) => ledger.enqueue(complete));
  }

  return {
    core,
    alertId,
    centre,
    other,
    told,
    failures,
    open,
    enqueue,
    webhooksOf,
    fates: () =>
      told.map(({ channel, kind, fate, attempts }) => [channel, kind, fate, attempts].join(' ')),
    timeline: () => timelineOf(core),
    idsAt: (receiver: typeof centre) =>
      receiver.received.map(({ headers }) => headers['webhook-id']),
    lapse: async (ms: number, dispatcher: { run: () => Promise<void> }) => {
      core.clock.pass(ms);
      await dispatcher.run();
    },
  };
}

/** What stands in the timelines of how people were told: `delivered webhook centre`. */
async function timelineOf({ storage }: Core): Promise<string[]> {
  const rows = await storage.query(
    `select type, body ->> '$.channel' as channel, body ->> '$.to' as "to" from alert_event
     where type in ('delivered', 'undelivered') order by seq`,
  );
  return rows.map(({ type, channel, to }) => [type, channel, to].join(' '));
}

describe('what waits to be told', () => {
  test('is told once, and the timeline says to whom', async () => {
    const { open, enqueue, centre, alertId, fates, timeline, failures, core } = await openWorld();
    const dispatcher = open();
    await enqueue({});
    core.told.length = 0;
    await dispatcher.run();
    await dispatcher.run();
    expect(centre.received).toHaveLength(1);
    expect(JSON.parse(centre.received[0]?.body.toString() ?? '')).toMatchObject({
      type: 'alert.asked',
      data: { alertId, severity: 'emergency', home: 'Storgatan home-1' },
    });
    expect(fates()).toEqual(['webhook asked delivered 1']);
    expect(await timeline()).toEqual(['delivered webhook centre']);
    expect(core.told.flat().map(({ event }) => event.type)).toEqual(['delivered']);
    expect(failures).toEqual([]);
  });

  test('is tried again when it is due, not before, and under the same id', async () => {
    const { open, enqueue, centre, idsAt, fates, lapse, timeline } = await openWorld();
    const dispatcher = open();
    centre.answer(status(503));
    await enqueue({});
    await dispatcher.run();
    await lapse(1_999, dispatcher);
    expect(centre.received).toHaveLength(1);
    await lapse(1, dispatcher);
    expect(centre.received).toHaveLength(2);
    centre.answer(status(204));
    await lapse(3_999, dispatcher);
    expect(centre.received).toHaveLength(2);
    await lapse(1, dispatcher);
    expect(new Set(idsAt(centre)).size).toBe(1);
    expect(fates()).toEqual(['webhook asked delivered 3']);
    expect(await timeline()).toEqual(['delivered webhook centre']);
  });

  test('waits for as long as the receiver asks', async () => {
    const { open, enqueue, centre, lapse } = await openWorld();
    const dispatcher = open();
    centre.answer(status(429, { 'retry-after': '600' }));
    await enqueue({});
    await dispatcher.run();
    await lapse(10 * minute - 1, dispatcher);
    expect(centre.received).toHaveLength(1);
    await lapse(1, dispatcher);
    expect(centre.received).toHaveLength(2);
  });

  test('is given up after an hour, and the timeline says that it did not reach them', async () => {
    const { open, enqueue, centre, core, lapse, fates, timeline } = await openWorld();
    const dispatcher = open();
    centre.answer(status(500));
    await enqueue({});
    for (let passed = 0; passed < 2 * hour; passed += 30_000) await lapse(30_000, dispatcher);
    expect(fates()).toEqual([expect.stringMatching(/^webhook asked failed 1\d\d$/)]);
    expect(await timeline()).toEqual(['undelivered webhook centre']);
    expect((await core.store.outbox.latest('webhook', ['centre'])).get('centre')).toMatchObject({
      deliveredAt: null,
      failure: { why: 'HTTP 500' },
    });
  });

  test('is tried once more after an outage that was longer than that', async () => {
    const { open, enqueue, core, fates } = await openWorld();
    await enqueue({});
    core.clock.pass(5 * hour);
    await open().run();
    expect(fates()).toEqual(['webhook asked delivered 1']);
  });

  test('is remembered for a month after it was told', async () => {
    const { open, enqueue, core, lapse } = await openWorld();
    const dispatcher = open();
    await enqueue({});
    await dispatcher.run();
    const at = core.clock.now();
    const latest = async () =>
      (await core.store.outbox.latest('webhook', ['centre'])).get('centre');
    await lapse(30 * 24 * hour, dispatcher);
    expect(await latest()).toMatchObject({ deliveredAt: at });
    await enqueue({ target: 'other', at });
    await lapse(hour, dispatcher);
    expect(await latest()).toBeUndefined();
    const rows = await core.storage.query(`select target from outbox where channel = 'webhook'`);
    expect(rows).toEqual([{ target: 'other' }]);
  });

  test('is given up at once where the channel is not configured', async () => {
    const { open, enqueue, told, timeline } = await openWorld();
    const dispatcher = open();
    expect(dispatcher.channels).toEqual(new Set(['webhook']));
    await enqueue({ channel: 'email', target: 'astrid' });
    await dispatcher.run();
    expect(told).toMatchObject([{ fate: 'failed', why: 'the channel is not configured' }]);
    expect(await timeline()).toEqual(['undelivered email astrid']);
  });

  test('is tried again when the channel itself is broken', async () => {
    const { open, enqueue, failures, fates, lapse } = await openWorld();
    let isBroken = true;
    const dispatcher = open({
      channels: [
        {
          name: 'push',
          send: () =>
            isBroken
              ? Promise.reject(new Error('broken'))
              : Promise.resolve({ result: 'delivered' }),
        },
      ],
    });
    await enqueue({ channel: 'push', target: 'astrid' });
    await dispatcher.run();
    expect(failures).toHaveLength(1);
    isBroken = false;
    await lapse(2_000, dispatcher);
    expect(fates()).toEqual(['push asked delivered 2']);
  });

  test('names no person and no address to the log', async () => {
    const { open, enqueue, told, centre } = await openWorld();
    centre.answer(status(410));
    await enqueue({ target: 'centre' }, { channel: 'email', target: 'astrid' });
    await open().run();
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).not.toMatch(/astrid|127\.0\.0\.1|Storgatan|whsec/);
  });
});

describe('an alert that has been answered', () => {
  test('is not asked about any more, not even what has been tried already', async () => {
    const { open, enqueue, core, alertId, centre, other, fates, lapse } = await openWorld();
    const dispatcher = open();
    centre.answer(status(503));
    await enqueue({ target: 'centre' });
    await dispatcher.run();
    await core.desk.accept(astrid, alertId, 5);
    await enqueue({ target: 'other' });
    await lapse(minute, dispatcher);
    expect(centre.received).toHaveLength(1);
    expect(other.received).toHaveLength(0);
    expect(
      fates()
        .filter((each) => each.startsWith('webhook'))
        .toSorted(),
    ).toEqual(['webhook asked overtaken 1', 'webhook asked overtaken 2']);
  });

  test('is still told of: who has asked hears that it is taken, and that it is over', async () => {
    const { open, enqueue, core, alertId, centre, timeline } = await openWorld();
    const dispatcher = open();
    await core.desk.accept(astrid, alertId, 5);
    await enqueue({ kind: 'taken' });
    await dispatcher.run();
    await core.desk.resolve(astrid, alertId, 'helped', null);
    await enqueue({ kind: 'resolved' });
    await dispatcher.run();
    const types = centre.received.map(({ body }) => JSON.parse(body.toString()) as object);
    expect(types).toMatchObject([{ type: 'alert.taken' }, { type: 'alert.resolved' }]);
    expect((await timeline()).filter((line) => line.includes('webhook'))).toEqual([]);
  });

  test('reassures whoever called, and the timeline says so', async () => {
    const { open, core, alertId, timeline } = await openWorld();
    const reassured: string[] = [];
    const dispatcher = open({
      channels: [
        {
          name: 'device',
          send: async ({ target, kind }) => {
            reassured.push(`${kind} ${target}`);
            return { result: 'delivered' };
          },
        },
      ],
    });
    await core.desk.accept(astrid, alertId, 5);
    await dispatcher.run();
    expect(reassured).toEqual(['reassure button-home-1']);
    expect(await timeline()).toEqual(['delivered device button-home-1']);
  });
});

describe('a channel that hangs', () => {
  test('delays no other channel', async () => {
    const { open, enqueue, centre, webhooksOf, core, fates } = await openWorld();
    const server = await openMailServer();
    const mail = createSmtpChannel({
      url: server.url,
      from: 'vaka@norr.example',
      publicUrl: 'https://vaka.example.se',
      addressOf: async (id) => `${id}@norr.example`,
    });
    onTestFinished(() => mail.close());
    centre.answer(hang);
    const dispatcher = open({ channels: [webhooksOf(core.store), mail] });
    await enqueue({ target: 'centre' });
    dispatcher.poke();
    await centre.whenReceived(1);
    await enqueue({ channel: 'email', target: 'astrid' }, { channel: 'email', target: 'bengt' });
    dispatcher.poke();
    await expect.poll(() => server.letters.length).toBe(2);
    await expect.poll(fates).toEqual(['email asked delivered 1', 'email asked delivered 1']);
  });

  test('has only so many of its receivers waiting for one that hangs, however many wait for that one', async () => {
    const { open, enqueue, centre, other, core, fates } = await openWorld();
    centre.answer(hang);
    for (const button of ['button-home-2', 'button-home-3', 'door', 'hall', 'belt']) {
      await core.send(button);
    }
    const alertIds = new Set(core.told.flat().map(({ alert }) => alert.id));
    expect(alertIds.size).toBe(6);
    const many = [...alertIds].flatMap((alertId) =>
      Array.from({ length: 200 }, (_, index) => ({ id: `${alertId}-${index}`, alertId })),
    );
    await enqueue(...many);
    core.clock.pass(1_000);
    await enqueue({ target: 'other' });
    const dispatcher = open();
    dispatcher.poke();
    await centre.whenReceived(4);
    await other.whenReceived(1);
    await expect.poll(fates).toEqual(['webhook asked delivered 1']);
    await enqueue({ target: 'other', asking: 2 });
    dispatcher.poke();
    await expect.poll(() => fates().length).toBe(2);
    expect(centre.received).toHaveLength(4);
  });

  test('is left behind even if it does not give up when it is told to', async () => {
    const { open, enqueue, core, told } = await openWorld();
    const dispatcher = open({
      channels: [{ name: 'push', send: () => new Promise(() => {}) }],
      attemptMs: 100,
    });
    await enqueue({ channel: 'push', target: 'astrid' });
    await dispatcher.run();
    expect(told).toEqual([]);
    const rows = await core.storage.query(`select attempts, why from outbox where fate is null`);
    expect(rows).toEqual([{ attempts: 1, why: 'no answer in time' }]);
  });

  test('is told of one alert one thing after the other', async () => {
    const { open, enqueue, centre, other, core, fates } = await openWorld();
    centre.answer(hang);
    await enqueue({ asking: 1 });
    core.clock.pass(1_000);
    await enqueue({ asking: 2 }, { target: 'other' });
    open().poke();
    await centre.whenReceived(1);
    await other.whenReceived(1);
    await expect.poll(fates).toEqual(['webhook asked delivered 1']);
    const ids = centre.received.map(({ headers }) => String(headers['webhook-id']));
    expect(ids).toEqual([expect.stringContaining(':1:webhook:')]);
  });

  test('is given up for this time, and tried again', async () => {
    const { open, enqueue, centre, told, lapse } = await openWorld();
    const dispatcher = open({ attemptMs: 1_000 });
    centre.answer(hang);
    await enqueue({});
    await dispatcher.run();
    expect(centre.received).toHaveLength(1);
    expect(told).toEqual([]);
    centre.answer(status(200));
    await lapse(2_000, dispatcher);
    expect(told).toMatchObject([{ fate: 'delivered', attempts: 2 }]);
  });
});

describe('a restart', () => {
  test('in the middle of sending loses nothing, and sends the same id again', async () => {
    const { open, enqueue, centre, other, core, idsAt, fates, timeline } = await openWorld();
    const before = open();
    centre.answer(hang);
    await enqueue({}, { target: 'other' });
    other.answer(hang);
    before.poke();
    await centre.whenReceived(1);
    await other.whenReceived(1);
    await before.stop();
    expect(fates()).toEqual([]);
    await core.close();

    centre.answer(status(204));
    other.answer(status(204));
    const store = await core.storage.open();
    await open({ store }).run();
    for (const ids of [idsAt(centre), idsAt(other)]) {
      expect(ids).toHaveLength(2);
      expect(ids[1]).toBe(ids[0]);
    }
    expect(fates()).toEqual(['webhook asked delivered 1', 'webhook asked delivered 1']);
    expect((await timeline()).toSorted()).toEqual([
      'delivered webhook centre',
      'delivered webhook other',
    ]);
  });

  test('between what was sent and what was noted sends it again, and notes it once', async () => {
    let isDown = false;
    const around = (store: Store): Store => ({
      ...store,
      transaction: (work, committed) =>
        store.transaction(
          (ledger) =>
            work({
              ...ledger,
              settle: (settled) =>
                isDown ? Promise.reject(new Error('disk full')) : ledger.settle(settled),
            }),
          committed,
        ),
    });
    const { open, enqueue, centre, idsAt, failures, fates, timeline } = await openWorld({ around });
    isDown = true;
    await enqueue({});
    const dispatcher = open();
    await dispatcher.run();
    expect(failures).toHaveLength(1);
    expect(await timeline()).toEqual([]);
    isDown = false;
    await dispatcher.run();
    expect(idsAt(centre)).toHaveLength(2);
    expect(new Set(idsAt(centre)).size).toBe(1);
    expect(fates()).toEqual(['webhook asked delivered 1']);
    expect(await timeline()).toEqual(['delivered webhook centre']);
  });

  test('is not needed to see that what has just been told is told: an old answer of the store is not believed', async () => {
    let held: Promise<void> | null = null;
    let asked = Promise.withResolvers<void>();
    const around = (store: Store): Store => ({
      ...store,
      outbox: {
        ...store.outbox,
        due: async (...which) => {
          const found = await store.outbox.due(...which);
          if (which[0] === 'webhook') asked.resolve();
          await held;
          return found;
        },
      },
    });
    const { open, enqueue, centre, fates } = await openWorld({ around });
    const answer = Promise.withResolvers<void>();
    centre.answer((response) => void answer.promise.then(() => response.writeHead(204).end()));
    await enqueue({});
    const dispatcher = open();
    dispatcher.poke();
    await centre.whenReceived(1);
    const release = Promise.withResolvers<void>();
    held = release.promise;
    asked = Promise.withResolvers<void>();
    dispatcher.poke();
    await asked.promise;
    answer.resolve();
    await expect.poll(fates).toEqual(['webhook asked delivered 1']);
    release.resolve();
    await dispatcher.run();
    expect(centre.received).toHaveLength(1);
  });

  test('with two at work at the same time notes it once', async () => {
    const { open, enqueue, timeline, fates } = await openWorld();
    await enqueue({});
    await Promise.all([open().run(), open().run()]);
    expect(await timeline()).toEqual(['delivered webhook centre']);
    expect(fates().length).toBeGreaterThan(0);
  });
});

test('a push that one browser has taken is delivered, although another never answers', async () => {
  const { core, open, enqueue, fates } = await openWorld();
  const service = await openPushService();
  const phone = service.subscribe('astrid');
  const lost = service.subscribe('astrid');
  for (const { subscription } of [phone, lost])
    await core.store.staffing.saveSubscription({ ...subscription, personId: 'astrid' });
  service.answer((response, { path }) => {
    if (path === phone.path) response.writeHead(201).end();
  });
  const push = createWebPushChannel({
    keys: () => core.store.staffing.vapidKeys(freshVapidKeys),
    contact: 'https://vaka.example.se',
    subscriptions: core.store.staffing.subscriptions,
    endSubscription: core.store.staffing.endSubscription,
    clock: core.clock.now,
  });
  await enqueue({ channel: 'push', target: 'astrid' });
  await open({ channels: [push], attemptMs: 300 }).run();
  expect(fates()).toEqual(['push asked delivered 1']);
});
