import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Registry } from 'prom-client';

import { native } from '../../../gateway/dialects/native.ts';
import type { Dialect } from '../../../gateway/domain/dialect.ts';
import { staffedTerms, type TermsFor, termsOf } from '../../../gateway/domain/duty/terms.ts';
import type { RuleSet } from '../../../gateway/domain/home/rule-set.ts';
import type { CommittedChange } from '../../../gateway/domain/hub.ts';
import { channelNames } from '../../../gateway/domain/notification/notification.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { eventsTopic } from '../../../gateway/protocol/topic.ts';
import { createAlertDesk } from '../../../gateway/services/alert-desk.ts';
import { createHub } from '../../../gateway/services/hub.ts';
import { createIngest } from '../../../gateway/services/ingest.ts';
import { createMetrics } from '../../../gateway/services/metrics.ts';
import {
  createRulebook,
  fixedRulebook,
  type UnusableRule,
} from '../../../gateway/services/rulebook.ts';
import { createSweep } from '../../../gateway/services/sweep.ts';
import { addDevice, addUser, furnish, start } from '../store/furnish.ts';
import { createSqliteStorage, type SqliteStorage } from '../store/sqlite-storage.ts';

/** A clock that only the test moves. */
export interface TestClock {
  now: () => number;
  pass: (ms: number) => void;
  set: (at: number) => void;
}

export function createTestClock(at = start): TestClock {
  let now = at;
  return {
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    set: (next) => {
      now = next;
    },
  };
}

export const terms = staffedTerms(randomUUID);

/** Every way of telling there is, so that what would be told is kept. */
export const termsFor: TermsFor = async (ledger) =>
  termsOf(await ledger.arrangements(), randomUUID, new Set(channelNames));

export interface CoreOptions {
  /** The same for every home; without them those that the store holds. */
  rules?: RuleSet;
  clock?: TestClock;
  /** The data of a core that ran before. */
  storage?: SqliteStorage;
  startGraceMs?: number;
  /** Our own language, if left out. */
  dialects?: readonly Dialect[];
  /** What alerts go by; without it, what people have arranged. */
  termsFor?: TermsFor;
  /** Puts something of the test's own between what runs and its store. */
  around?: (store: Store) => Store;
}

export type Core = Awaited<ReturnType<typeof openCore>>;

/** What runs between the broker and the screens, on a real file. */
export async function openCore(options: CoreOptions) {
  const { rules, clock = createTestClock(), startGraceMs = 0, around = (same) => same } = options;
  const storage = options.storage ?? (await createSqliteStorage());
  const store = await storage.open();
  if (options.storage === undefined) await furnishNorr(store);

  const registry = new Registry();
  const metrics = createMetrics(registry);
  const failures: unknown[] = [];
  const failed = (error: unknown) => failures.push(error);
  const hub = createHub(failed);
  const told: (readonly CommittedChange[])[] = [];
  hub.subscribe((changes) => told.push(changes));
  const unusable: UnusableRule[] = [];
  const rulebook =
    rules === undefined
      ? createRulebook({ unusable: (rule) => unusable.push(rule) })
      : fixedRulebook(rules);
  const shared = {
    store: around(store),
    rulebook,
    termsFor: options.termsFor ?? termsFor,
    hub,
    metrics,
    clock: clock.now,
    failed,
  };
  const ingest = createIngest({ ...shared, dialects: options.dialects ?? [native], gatherMs: 0 });
  const sweep = createSweep({ ...shared, newId: randomUUID, startGraceMs });
  const desk = createAlertDesk(shared);

  return {
    storage,
    store,
    clock,
    hub,
    told,
    failures,
    unusable,
    ingest,
    sweep,
    desk,
    close: () => store.close(),
    /** Publishes events as a device does, or a call for help; without a time they happen now. */
    send: (deviceId: string, first: Partial<Sent> = {}, ...events: Partial<Sent>[]) =>
      ingest.accept(deviceId, eventsTopic(deviceId), encode([first, ...events].map(complete))),
    publish: (
      deviceId: string,
      payload: string,
      topic = eventsTopic(deviceId),
      { isRepeat = false } = {},
    ) => ingest.accept(deviceId, topic, Buffer.from(payload), isRepeat),
    /** Sweeps as often as something may be due, until `at`. */
    sweepUntil: async (at: number, everyMs: number) => {
      while (clock.now() < at) {
        clock.set(Math.min(at, clock.now() + everyMs));
        await sweep.run();
      }
    },
    /** The value of a counter; with a label, of that alone. */
    count: async (name: string, label?: string) => {
      const metric = await registry.getSingleMetric(name)?.get();
      const values = metric?.values ?? [];
      const of = values.filter(
        ({ labels }) => label === undefined || Object.values(labels).includes(label),
      );
      return of.reduce((sum, { value }) => sum + value, 0);
    },
    /** `need state` of every alert, in the order in which they were raised. */
    alerts: async () => {
      const rows = await storage.query('select need, state from alert order by raised_at, rowid');
      return rows.map(({ need, state }) => `${String(need)} ${String(state)}`);
    },
    events: async () => {
      const rows = await storage.query('select * from event order by seq');
      return rows.map((row) => ({ ...row, data: JSON.parse(String(row['data'])) as unknown }));
    },
    /** Whether a text stands anywhere in what is on the disk. */
    isOnDisk: async (text: string) => {
      for (const file of await readdir(storage.folder)) {
        if ((await readFile(join(storage.folder, file))).includes(text)) return true;
      }
      return false;
    },
  };
}

export interface Sent {
  id: string;
  type: string;
  time: string;
  data: unknown;
}

function complete(event: Partial<Sent>): Partial<Sent> {
  return { id: randomUUID(), type: 'help.pressed', ...event };
}

function encode(events: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify(events.length === 1 ? events[0] : events));
}

export function timeOf(at: number): string {
  return new Date(at).toISOString();
}

/** One unit's homes: `home-1` has a door, a hall, a bed and a button; `home-2` a button; all without supervision but the buttons. */
async function furnishNorr(store: Store): Promise<void> {
  await furnish(store, { norr: { 'norr-1': ['home-1', 'home-2'], 'norr-2': ['home-3'] } });
  const placements = { door: 'entrance', hall: 'hall', bed: 'bed', belt: 'worn' };
  for (const [id, placement] of Object.entries(placements)) {
    await addDevice(store, { id, homeId: 'home-1', name: id, profile: 'event-only', placement });
  }
  for (const id of ['astrid', 'bengt']) {
    await addUser(store, { id, municipalityId: 'norr', name: `${id}s namn` });
  }
}
