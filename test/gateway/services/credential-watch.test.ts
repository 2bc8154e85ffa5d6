import { expect, onTestFinished, test } from 'vitest';

import type { Credentials } from '../../../gateway/domain/credentials.ts';
import { createCredentialWatch } from '../../../gateway/services/credential-watch.ts';
import { furnish, hour, start } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';

async function openWatch(around: Partial<Credentials> = {}) {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': ['n1', 'n2'] } });
  let now = start;
  const writes: (readonly string[])[] = [];
  const cutOff: string[] = [];
  const failures: unknown[] = [];
  const { credentials } = store;
  const watch = createCredentialWatch({
    credentials: {
      lapsed: credentials.lapsed,
      used: async (ids, at) => {
        writes.push(ids);
        await credentials.used(ids, at);
      },
      ...around,
    },
    clock: () => now,
    disconnect: (deviceId) => cutOff.push(deviceId),
    failed: (error) => failures.push(error),
  });
  onTestFinished(() => watch.stop());
  return {
    watch,
    writes,
    cutOff,
    failures,
    credentials,
    pass: (ms: number) => {
      now += ms;
    },
    lastUsedAt: async () => (await credentials.list('button-n1'))[0]?.lastUsedAt,
  };
}

test('a storm of log-ins is one write, and each credential is written at most once an hour', async () => {
  const { watch, writes, lastUsedAt, pass } = await openWatch();
  for (let time = 0; time < 1_000; time++) {
    watch.used('first-button-n1');
    watch.used('first-button-n2');
  }
  await watch.round();
  expect(writes).toEqual([['first-button-n1', 'first-button-n2']]);
  expect(await lastUsedAt()).toBe(start);
  pass(hour - 1);
  watch.used('first-button-n1');
  await watch.round();
  expect(await lastUsedAt()).toBe(start);
  pass(1);
  watch.used('first-button-n1');
  await watch.round();
  expect(await lastUsedAt()).toBe(start + hour);
  await watch.round();
  expect(writes).toHaveLength(3);
});

test('what could not be written is written with the next round, and at the end', async () => {
  let isDown = true;
  const { watch, credentials, failures, lastUsedAt } = await openWatch({
    lapsed: async () => {
      if (isDown) throw new Error('no database');
      return [];
    },
  });
  watch.used('first-button-n1');
  await watch.round();
  expect(failures).toHaveLength(1);
  isDown = false;
  await watch.stop();
  expect(await lastUsedAt()).toBe(start);
  expect(await credentials.lapsed(0, start)).toEqual([]);
});

test('whoever stays connected with what has ceased to hold is cut off, once', async () => {
  const { watch, credentials, cutOff, pass } = await openWatch();
  const secret = { municipalityId: 'norr', hash: Buffer.alloc(32), at: start };
  for (const deviceId of ['button-n1', 'button-n2']) {
    // The one in use is left alone; the next gives way to the one after it.
    for (const id of [`next-${deviceId}`, `new-${deviceId}`]) {
      await credentials.addSecret({ ...secret, id, deviceId }, start + hour);
    }
  }
  // This one has taken its new secret into use.
  await credentials.supersede('button-n2', 'new-button-n2', start);
  pass(hour - 1);
  await watch.round();
  expect(cutOff).toEqual([]);
  pass(1);
  await watch.round();
  await watch.round();
  expect(cutOff).toEqual(['button-n1']);
});
