import { Registry } from 'prom-client';
import { expect, onTestFinished, test } from 'vitest';

import { createDeadManWebhook } from '../../../gateway/notify/dead-man.ts';
import { createDeadMan } from '../../../gateway/services/dead-man.ts';
import { createMetrics } from '../../../gateway/services/metrics.ts';
import { hang, openReceiver, status } from '../notify/receiver.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';
import { createTestClock } from './core.ts';

const second = 1_000;
const minute = 60 * second;

async function open() {
  const receiver = await openReceiver();
  const storage = await createSqliteStorage();
  const store = await storage.open();
  onTestFinished(() => store.close());
  const clock = createTestClock();
  const changes: (string | null)[] = [];
  const health = { sweptAgoMs: 0, trouble: null as string | null };
  const registry = new Registry();
  const deadMan = createDeadMan({
    signOfLife: createDeadManWebhook(`${receiver.url}/ping/some-id`),
    store,
    sweptAgoMs: () => health.sweptAgoMs,
    trouble: () => health.trouble,
    clock: clock.now,
    metrics: createMetrics(registry),
    changed: (trouble) => changes.push(trouble),
    timeoutMs: 200,
  });
  onTestFinished(() => deadMan.stop());
  return {
    receiver,
    store,
    clock,
    changes,
    health,
    deadMan,
    answeredAt: async () =>
      (await registry.getSingleMetric('vaka_dead_man_answered_seconds')?.get())?.values[0]?.value,
    /** Looks every five seconds for so long, as the timer does. */
    runFor: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 5 * second) {
        clock.pass(5 * second);
        await deadMan.run();
      }
    },
  };
}

test('says every minute that all is well', async () => {
  const { receiver, runFor, changes, clock, answeredAt } = await open();
  await runFor(5 * minute);
  expect(receiver.received.map(({ method, path }) => `${method} ${path}`)).toEqual(
    Array(5).fill('GET /ping/some-id'),
  );
  expect(changes).toEqual([]);
  expect(await answeredAt()).toBe((clock.now() - 55 * second) / second);
});

test('says nothing while the sweep is late, and goes on when it is not', async () => {
  const { receiver, runFor, changes, health } = await open();
  await runFor(minute);
  health.sweptAgoMs = 31 * second;
  await runFor(5 * minute);
  expect(receiver.received).toHaveLength(1);
  health.sweptAgoMs = 0;
  await runFor(15 * second);
  expect(receiver.received).toHaveLength(2);
  expect(changes).toEqual(['the sweep is late', null]);
});

test('says nothing while the watchdogs know of trouble', async () => {
  const { receiver, runFor, health } = await open();
  health.trouble = 'notifications are stuck';
  await runFor(3 * minute);
  expect(receiver.received).toEqual([]);
});

test('says nothing when the store cannot be written to', async () => {
  const { receiver, runFor, store, changes } = await open();
  await store.close();
  await runFor(3 * minute);
  expect(receiver.received).toEqual([]);
  expect(changes).toEqual(['the store cannot be written to']);
});

test('says nothing when the store does not answer', async () => {
  const { receiver, deadMan, store, changes } = await open();
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = store.transaction(() => promise);
  await deadMan.run();
  expect(changes).toEqual(['the store does not answer']);
  expect(receiver.received).toEqual([]);
  resolve();
  await held;
});

test('tries again soon when the other side refuses, hangs or is gone', async () => {
  const { receiver, runFor, changes } = await open();
  receiver.answer(status(503));
  await runFor(5 * second);
  receiver.answer(hang);
  await runFor(10 * second);
  await receiver.close();
  await runFor(10 * second);
  await receiver.reopen();
  receiver.answer(status(200));
  await runFor(10 * second);
  expect(changes).toEqual([
    'HTTP 503',
    'no answer in time',
    expect.stringContaining('ECONN'),
    null,
  ]);
  expect(receiver.received).toHaveLength(3);
});

test('ends at once, also while it waits for an answer', async () => {
  const { receiver, deadMan } = await open();
  receiver.answer(hang);
  const running = deadMan.run();
  await receiver.whenReceived(1);
  await deadMan.stop();
  await running;
  await deadMan.run();
  expect(receiver.received).toHaveLength(1);
});
