import fc from 'fast-check';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';

import type { AlertEvent } from '../../../gateway/domain/alert/alert-event.ts';
import { type Alert, isLive } from '../../../gateway/domain/alert/alert.ts';
import { fold } from '../../../gateway/domain/alert/evolve.ts';
import { termsOf } from '../../../gateway/domain/duty/terms.ts';
import { AppError } from '../../../gateway/domain/errors.ts';
import type { Channel } from '../../../gateway/domain/notification/channel.ts';
import {
  channelNames,
  type ChannelName,
} from '../../../gateway/domain/notification/notification.ts';
import { notificationsOf } from '../../../gateway/domain/notification/notifications-of.ts';
import { createMetrics } from '../../../gateway/services/metrics.ts';
import { createDispatcher } from '../../../gateway/services/outbox.ts';
import { rulesOf } from '../domain/home/given-home.ts';
import { addUser, minute, scopeOf, start, turns } from '../store/furnish.ts';
import { type Core, createTestClock, openCore } from './core.ts';

const rules = rulesOf(
  { id: 'help', on: 'help.pressed', severity: 'emergency' },
  { id: 'door', on: 'door.opened', clearedBy: 'door.closed', severity: 'medium', for: '2m' },
);
const carers = ['astrid', 'bengt', 'rota-1', 'rota-2'] as const;
const second = 1_000;

/** One thing that happens; `passes` lets time go by with a sweep every ten seconds, `stalls` without any. */
const anyDeed = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('press' as const),
      home: anyHome(),
      /** The gateway ends while it tells of this: its receiver has heard it already, or not. */
      interrupted: fc.constantFrom(null, 'heard' as const, 'unheard' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('door' as const), home: anyHome() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constantFrom(
        ...(['accept', 'arrive', 'decline', 'give-back', 'want-help', 'take-over'] as const),
      ),
      who: fc.constantFrom(...carers),
      which: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('resolve' as const), which: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('check-in' as const),
      who: fc.constantFrom('rota-1', 'rota-2'),
      minutes: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('silence' as const),
      minutes: fc.integer({ min: 1, max: 10 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('passes' as const),
      seconds: fc.integer({ min: 1, max: 300 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('stalls' as const),
      seconds: fc.integer({ min: 1, max: 600 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('restart' as const) }),
  },
);
type Deed = typeof anyDeed extends fc.Arbitrary<infer T> ? T : never;

function anyHome() {
  return fc.constantFrom('home-1', 'home-2', 'home-3');
}

/** A gateway's core with a dispatcher, that may be closed and opened again on the same data. */
async function openLife() {
  const clock = createTestClock();
  const heard: { id: string; channel: ChannelName }[] = [];
  /** While set, what is sent gets no answer; whether it is heard nevertheless. */
  let midway: 'heard' | 'unheard' | null = null;
  let ids = 0;
  const next = (what: string) => `${what}-${(ids += 1)}`;
  const channels = channelNames.map((name): Channel => ({
    name,
    send: ({ id }) => {
      if (midway !== 'unheard') heard.push({ id, channel: name });
      return midway === null ? Promise.resolve({ result: 'delivered' }) : new Promise(() => {});
    },
  }));
  const termsFor: Parameters<typeof createDispatcher>[0]['termsFor'] = async (ledger) =>
    termsOf(await ledger.arrangements(), () => next('alert'), new Set(channelNames));
  const failures: unknown[] = [];

  async function open(storage?: Core['storage']) {
    const core = await openCore({
      rules,
      clock,
      termsFor,
      ...(storage === undefined ? {} : { storage }),
    });
    const dispatcher = createDispatcher({
      store: core.store,
      channels,
      hub: core.hub,
      metrics: createMetrics(new Registry()),
      termsFor,
      clock: clock.now,
      random: () => 0.5,
      told: () => {},
      failed: (error) => failures.push(error),
      attemptMs: 3_600_000,
    });
    return { core, dispatcher };
  }

  let running = await open();
  const { storage, store } = running.core;
  await store.staffing.addUnit(
    {
      id: 'norr-rota',
      municipalityId: 'norr',
      name: 'Rota',
      kind: 'team',
      duty: 'check-in',
      endpointId: null,
      serves: [],
    },
    start,
  );
  for (const id of ['rota-1', 'rota-2']) {
    await addUser(store, { id, municipalityId: 'norr', units: ['norr-rota'] });
  }
  await store.staffing.addDocument({
    municipalityId: 'norr',
    kind: 'plan',
    subjectId: '',
    version: 1,
    document: {
      lines: [
        // Answers every other while: noon in Stockholm is when the tests begin.
        { unitId: 'norr-rota', ofUnit: 'norr-1', hours: { from: '12:10', to: '12:30' } },
        { unitId: 'norr-rota', ofUnit: 'norr-1', hours: { from: '12:45', to: '14:00' } },
      ],
      exceptions: [],
    },
    authorId: 'astrid',
    at: start,
    reason: 'Ny.',
  });

  const liveAlerts = async (): Promise<Alert[]> => {
    const rows = await storage.query(
      `select body from alert where state <> 'resolved' order by raised_at, rowid`,
    );
    return rows.map(({ body }) => JSON.parse(String(body)) as Alert);
  };

  async function settle(): Promise<void> {
    await running.core.sweep.run();
    await running.dispatcher.run();
  }

  async function restart(): Promise<void> {
    await running.dispatcher.stop();
    await running.core.close();
    midway = null;
    running = await open(storage);
  }

  async function command(deed: Extract<Deed, { which: number }>): Promise<void> {
    const alerts = await liveAlerts();
    const id = alerts[deed.which % Math.max(1, alerts.length)]?.id;
    if (id === undefined) return;
    const { desk } = running.core;
    const scope = (userId: string) => scopeOf({ userId, units: ['norr-1', 'norr-2', 'norr-rota'] });
    try {
      if (deed.what === 'resolve') {
        await desk.resolve(scopeOf({ userId: 'karin', role: 'coordinator' }), id, 'helped', null);
      } else {
        const by = scope(deed.who);
        if (deed.what === 'accept') await desk.accept(by, id, null);
        if (deed.what === 'arrive') await desk.arrive(by, id);
        if (deed.what === 'decline') await desk.decline(by, id);
        if (deed.what === 'give-back') await desk.giveBack(by, id);
        if (deed.what === 'want-help') await desk.wantHelp(by, id);
        if (deed.what === 'take-over') await desk.takeOver(by, id, null);
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  async function happen(deed: Deed): Promise<void> {
    const { core } = running;
    // No two commits that concern one alert have the same time.
    if (deed.what !== 'restart') clock.pass(1);
    switch (deed.what) {
      case 'press':
        midway = deed.interrupted;
        await core.send(`button-${deed.home}`, { id: next('event') });
        if (midway !== null) {
          running.dispatcher.poke();
          await turns();
          await restart();
        }
        return settle();
      case 'door':
        await core.send(`button-${deed.home}`, { id: next('event'), type: 'door.opened' });
        return settle();
      case 'check-in': {
        const from = clock.now();
        const until = from + deed.minutes * minute;
        await core.store.staffing.addDuty({
          id: next('duty'),
          municipalityId: 'norr',
          personId: deed.who,
          unitId: 'norr-rota',
          from,
          until,
          byId: deed.who,
        });
        return settle();
      }
      case 'silence': {
        const from = clock.now();
        await core.store.staffing.addHold({
          id: next('hold'),
          kind: 'silence',
          municipalityId: 'norr',
          homeId: null,
          matchers: { severities: ['medium'] },
          from,
          until: from + deed.minutes * minute,
          reason: 'Test.',
          byId: 'astrid',
        });
        return settle();
      }
      case 'passes':
        for (let left = deed.seconds; left > 0; left -= 10) {
          clock.pass(Math.min(10, left) * second);
          await settle();
        }
        return;
      case 'stalls':
        clock.pass(deed.seconds * second);
        return settle();
      case 'restart':
        await restart();
        return settle();
      case 'accept':
      case 'arrive':
      case 'decline':
      case 'give-back':
      case 'want-help':
      case 'take-over':
      case 'resolve':
        await command(deed);
        return settle();
    }
  }

  return {
    clock,
    heard,
    failures,
    liveAlerts,
    happen,
    settle,
    close: async () => {
      await running.dispatcher.stop();
      await running.core.close();
    },
    /** Every alert as it is kept. */
    alerts: async () => {
      const rows = await storage.query('select body from alert');
      return rows.map(({ body }) => JSON.parse(String(body)) as Alert);
    },
    /** Every fact about every alert, in order: `alert-1 {…}`. */
    history: async () => {
      const rows = await storage.query('select alert_id, body from alert_event order by seq');
      return rows.map(({ alert_id: id, body }) => ({
        id: String(id),
        event: JSON.parse(String(body)) as AlertEvent,
      }));
    },
    outbox: async () => {
      const rows = await storage.query('select id, fate from outbox order by id');
      return rows.map(({ id, fate }) => ({ id: String(id), fate }));
    },
    terms: async () =>
      termsOf(await running.core.store.staffing.arrangements(), String, new Set(channelNames)),
  };
}

/** Of those here, only buttons can tell that help is on its way. */
const isButton = (deviceId: string) => deviceId.startsWith('button-');

type Life = Awaited<ReturnType<typeof openLife>>;

async function live(deeds: readonly Deed[]): Promise<Life> {
  const life = await openLife();
  for (const deed of deeds) await life.happen(deed);
  return life;
}

test('restarts change nothing: neither what becomes of alerts, nor what is told, nor to whom', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { maxLength: 25 }), async (deeds) => {
      const once = await live(deeds.flatMap(uninterrupted));
      const restarted = await live(deeds);
      expect(withoutReceipts(await restarted.history())).toEqual(
        withoutReceipts(await once.history()),
      );
      expect(idsOf(restarted)).toEqual(idsOf(once));
      expect(restarted.failures).toEqual([]);
      await once.close();
      await restarted.close();
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

test('nothing to be told is lost, nothing has two ids, and every deadline is honoured, however late the sweep', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { maxLength: 30 }), async (deeds) => {
      const life = await live(deeds);
      await life.settle();
      const now = life.clock.now();
      for (const { dueAt } of await life.liveAlerts()) expect(dueAt).toBeGreaterThan(now);

      const facts = Map.groupBy(await life.history(), ({ id }) => id);
      for (const alert of await life.alerts()) {
        expect(alert).toEqual(fold((facts.get(alert.id) ?? []).map(({ event }) => event)));
      }

      const kept = await life.outbox();
      expect(kept.map(({ id }) => id)).toEqual(await expectedIds(life));
      const heard = new Set(life.heard.map(({ id }) => id));
      for (const { id, fate } of kept) {
        expect(fate).not.toBeNull();
        expect(fate).not.toBe('failed');
        if (fate === 'delivered') expect(heard.has(id)).toBe(true);
      }
      expect([...heard].filter((id) => !kept.some((row) => row.id === id))).toEqual([]);
      expect(life.failures).toEqual([]);
      await life.close();
    }),
    { numRuns: 50, endOnFailure: true },
  );
});

function uninterrupted(deed: Deed): Deed[] {
  if (deed.what === 'restart') return [];
  return [deed.what === 'press' ? { ...deed, interrupted: null } : deed];
}

/** A receipt stands where it came, which a restart may put off. */
function withoutReceipts(history: Awaited<ReturnType<Life['history']>>) {
  return history.filter(({ event }) => event.type !== 'delivered');
}

function idsOf({ heard }: Life): string[] {
  return [...new Set(heard.map(({ id }) => id))].toSorted();
}

/** What each commit should have put into the outbox, worked out again from the history alone. */
async function expectedIds(life: Life): Promise<string[]> {
  const histories = Map.groupBy(await life.history(), ({ id }) => id);
  const terms = await life.terms();
  const ids = new Set<string>();
  for (const facts of histories.values()) {
    // What was decided at one instant was committed together.
    const commits = Map.groupBy(facts, ({ event }) => event.at);
    let before: Alert | null = null;
    const past: AlertEvent[] = [];
    for (const commit of commits.values()) {
      const events = commit.map(({ event }) => event);
      past.push(...events);
      const alert: Alert | null = fold(past);
      if (alert === null) throw new Error('A history begins with `raised`.');
      for (const { id } of notificationsOf([{ alert, before, events }], terms, isButton)) {
        ids.add(id);
      }
      before = alert;
    }
    expect(before !== null && (isLive(before) || before.resolvedAt !== null)).toBe(true);
  }
  return [...ids].toSorted();
}
