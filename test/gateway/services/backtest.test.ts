import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { createBacktestThread } from '../../../gateway/backtest-thread.ts';
import type { StartWork } from '../../../gateway/domain/backtest/work.ts';
import type { Scope } from '../../../gateway/domain/scope.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import type { BacktestProgress } from '../../../gateway/protocol/rule/backtest.ts';
import { createBacktests } from '../../../gateway/services/backtest.ts';
import { furnish, hour, scopeOf, start } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';

const source = `
id: help
title: { sv: Hjälp, en: Help }
severity: high
on: help.pressed
`;
const request = {
  source,
  alone: true,
  compare: false,
  from: start,
  to: start + 24 * hour,
  operators: 1,
  handledAfterMinutes: 20,
};
const karin = scopeOf({ userId: 'karin', role: 'coordinator' });

async function openBacktests({ around = (store: Store) => store } = {}) {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': ['home-1', 'home-2'] } });
  const failures: unknown[] = [];
  const failed = (error: unknown) => failures.push(error);
  const told: { owner: Pick<Scope, 'userId'>; progress: BacktestProgress }[] = [];
  const thread = createBacktestThread(join(storage.folder, 'vaka.db'), failed);
  /** How each thread ended. */
  const ends: Promise<string>[] = [];
  const startWork: StartWork = (work, tell) => {
    const running = thread(work, tell);
    ends.push(
      running.done.then(
        () => 'done',
        (error: Error) => error.message,
      ),
    );
    return running;
  };
  const backtests = createBacktests({
    store: around(store),
    startWork,
    clock: () => start,
    newId: randomUUID,
    told: (owner, progress) => told.push({ owner, progress }),
    failed,
  });
  onTestFinished(() => backtests.close());

  async function ended(id: string, scope = karin) {
    for (;;) {
      const backtest = backtests.find(scope, id);
      if (!['waiting', 'running'].includes(backtest.state)) return backtest;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return { storage, backtests, ends, ended, told, failures };
}

describe('a backtest', () => {
  test('reads nothing that could not be written down first', async () => {
    const { backtests, ends, ended, failures } = await openBacktests({
      around: (store) => ({
        ...store,
        accessLog: { write: () => Promise.reject(new Error('disk full')) },
      }),
    });
    const { id } = await backtests.start(karin, request);
    expect(await ended(id)).toMatchObject({ state: 'failed', result: null });
    expect(ends).toEqual([]);
    expect(failures).toHaveLength(1);
  });

  test('that is ended ends its thread too, and the next begins', async () => {
    const { backtests, ends, ended } = await openBacktests();
    const first = await backtests.start(karin, request);
    const second = await backtests.start(karin, request);
    while (ends.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(backtests.cancel(karin, first.id).state).toBe('cancelled');
    expect(await ends[0]).toMatch(/ended/);
    expect(await ended(second.id)).toMatchObject({ state: 'done' });
    expect(backtests.find(karin, first.id).state).toBe('cancelled');
  });

  test('waits in a line of its municipality, which is no longer than two', async () => {
    const { backtests, storage } = await openBacktests();
    await furnish(await storage.open(), { syd: { 'syd-1': ['home-9'] } });
    const sara = { ...karin, userId: 'sara', municipalityId: 'syd' };
    for (const state of ['running', 'waiting', 'waiting'])
      expect((await backtests.start(karin, request)).state).toBe(state);
    await expect(backtests.start(karin, request)).rejects.toMatchObject({ code: 'too-many' });
    expect((await backtests.start(sara, request)).state).toBe('waiting');
  });

  test('tells how it goes to whoever asked for it, and in the end how it ended', async () => {
    const { backtests, ended, told } = await openBacktests();
    const { id } = await backtests.start(karin, request);
    await ended(id);
    expect(new Set(told.map(({ owner }) => owner.userId))).toEqual(new Set(['karin']));
    expect(told.map(({ progress }) => progress.state).at(-1)).toBe('done');
    expect(told.every(({ progress }) => progress.id === id)).toBe(true);
  });

  test('of somebody else does not exist, not even for another coordinator', async () => {
    const { backtests } = await openBacktests();
    const { id } = await backtests.start(karin, request);
    const other = { ...karin, userId: 'lars' };
    const foreign = { ...karin, municipalityId: 'syd' };
    for (const scope of [other, foreign]) {
      expect(() => backtests.find(scope, id)).toThrow(/no such backtest/);
      expect(() => backtests.cancel(scope, id)).toThrow(/no such backtest/);
    }
  });

  test('is not shown to who may no longer try rules, or no longer sees all of those homes', async () => {
    const { backtests, ended } = await openBacktests();
    const { id } = await backtests.start(karin, request);
    await ended(id);
    for (const now of [
      { ...karin, role: 'carer' as const },
      { ...karin, units: ['norr-2'] },
    ]) {
      expect(() => backtests.find(now, id)).toThrow(/no such backtest/);
      const open = () => backtests.occurrences(now, id, { limit: 1 });
      expect(open).toThrow(/no such backtest/);
    }
  });

  test('begins no more when the gateway closes', async () => {
    const { backtests, ends } = await openBacktests();
    await backtests.start(karin, request);
    while (ends.length === 0) await new Promise((resolve) => setImmediate(resolve));
    backtests.close();
    await ends[0];
    const late = await backtests.start(karin, request);
    expect(backtests.find(karin, late.id).state).toBe('waiting');
  });

  test('is of the homes one works with', async () => {
    const { backtests, ended, storage } = await openBacktests();
    const { id } = await backtests.start(karin, request);
    expect((await ended(id)).result?.homes).toBe(2);
    const rows = await storage.query('select subject_id from access_log order by subject_id');
    expect(rows.map((row) => row['subject_id'])).toEqual(['home-1', 'home-2']);
    const nobody = { ...karin, units: ['norr-9'] };
    await expect(backtests.start(nobody, request)).rejects.toThrow(/no home/);
  });
});
