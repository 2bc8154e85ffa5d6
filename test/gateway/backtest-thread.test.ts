import { join } from 'node:path';

import { expect, test } from 'vitest';

import { createBacktestThread } from '../../gateway/backtest-thread.ts';
import {
  noRules,
  readCandidates,
  withCandidates,
} from '../../gateway/domain/backtest/candidate.ts';
import type { BacktestWork } from '../../gateway/domain/backtest/work.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { entry, furnish, hour, minute, scopeOf, start } from './store/furnish.ts';
import { createSqliteStorage } from './store/sqlite-storage.ts';

const candidates = readCandidates(`
id: help
title: { sv: Hjälp, en: Help }
severity: high
on: help.pressed
`);
const municipalityId = 'norr';
const work: BacktestWork = {
  scope: scopeOf({ role: 'coordinator' }),
  homeIds: ['home-1'],
  span: { from: start, to: start + 24 * hour },
  handledAfterMs: 20 * minute,
  task: {
    kind: 'backtest',
    timeZone: 'Europe/Stockholm',
    candidate: withCandidates(noRules, candidates, { municipalityId, at: start, alone: true }),
    current: null,
    operators: 1,
  },
};

test('a thread that cannot do its work says so, and hurts nobody', async () => {
  const broken: unknown[] = [];
  const missing = join(await temporaryFolder(), 'missing.db');
  const startWork = createBacktestThread(missing, (error) => broken.push(error));
  await expect(startWork(work, () => {}).done).rejects.toThrow(/in its log/);
  expect(broken).toHaveLength(1);
});

test('a thread that needs too much memory is ended, and says so', async () => {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': ['home-1'] } });
  const data = { words: 'x'.repeat(20_000) };
  const events = Array.from({ length: 2_000 }, (_, index) =>
    entry({ id: `e${index}`, at: start + index, receivedAt: start + index, data }),
  );
  await store.transaction((ledger) => ledger.append(events));
  const startWork = createBacktestThread(join(storage.folder, 'vaka.db'), () => {}, {
    mostMemoryMb: 24,
  });
  await expect(startWork(work, () => {}).done).rejects.toThrow(/too much memory/);
});

test('a thread can be ended while it works', async () => {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': ['home-1'] } });
  const broken: unknown[] = [];
  const startWork = createBacktestThread(join(storage.folder, 'vaka.db'), (error) => {
    broken.push(error);
  });
  const running = startWork(work, () => {});
  running.cancel();
  await expect(running.done).rejects.toThrow(/ended/);
  expect(broken).toEqual([]);
});
