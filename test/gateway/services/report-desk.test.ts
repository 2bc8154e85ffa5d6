import { DatabaseSync } from 'node:sqlite';

import { describe, expect, onTestFinished, test } from 'vitest';

import { makeReport, type StartReport } from '../../../gateway/domain/report/report-work.ts';
import { createReportThread } from '../../../gateway/report-thread.ts';
import { createReportDesk } from '../../../gateway/services/report-desk.ts';
import { openSqliteReportSource } from '../../../gateway/store/sqlite-report-source.ts';
import { scopeOf } from '../store/furnish.ts';
import { days, madeAt, openReportTown } from '../store/report-town.ts';

const cilla = scopeOf({ userId: 'cilla', role: 'coordinator' });
const adam = scopeOf({ userId: 'adam', role: 'administrator' });

interface DeskOptions {
  accessLog?: () => Promise<void>;
  /** Without threads, which take longer to begin than the report does. */
  inThreads?: boolean;
  /** What is worked out waits for it. */
  held?: Promise<void>;
}

async function openDesk({ accessLog, inThreads = false, held }: DeskOptions = {}) {
  const { store, file } = await openReportTown();
  const { source, close } = openSqliteReportSource(file);
  onTestFinished(close);
  let now = madeAt;
  const failures: unknown[] = [];
  const thread = createReportThread(file, (error) => failures.push(error));
  /** Questions for which a thread was begun, and those that run now. */
  const begun: string[] = [];
  let running = 0;
  let mostRunning = 0;
  const startReport: StartReport = (question) => {
    begun.push(`${question.municipalityId} ${question.from} ${question.unitId ?? '-'}`);
    running += 1;
    mostRunning = Math.max(mostRunning, running);
    const make = async () => {
      await held;
      return makeReport(source, question);
    };
    const work = inThreads ? thread(question) : { done: make(), cancel: () => {} };
    work.done.catch(() => {}).finally(() => (running -= 1));
    return work;
  };
  const desk = createReportDesk({
    startReport,
    accessLog: accessLog === undefined ? store.accessLog : { write: accessLog },
    clock: () => now,
  });
  onTestFinished(() => desk.close());
  const rows = () => {
    const database = new DatabaseSync(file, { readOnly: true });
    const found = database
      .prepare(
        "select person_id || ' ' || action || ' ' || coalesce(subject_id, '-') as row from access_log",
      )
      .all();
    database.close();
    return found.map(({ row }) => String(row));
  };
  return {
    desk,
    begun,
    failures,
    rows,
    mostRunning: () => mostRunning,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('reports', () => {
  test('are for coordinators and administrators', async () => {
    const { desk, begun, rows } = await openDesk();
    for (const role of ['carer', 'technician'] as const) {
      const asked = desk.followUp(scopeOf({ role }), days);
      await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(begun).toEqual([]);
    expect(rows()).toEqual([]);
    expect(await desk.followUp(adam, days)).toMatchObject({ homes: 6 });
  });

  test('are written down before they are answered, also those that were remembered', async () => {
    const { desk, rows } = await openDesk();
    await desk.followUp(cilla, days);
    await desk.followUp(adam, days);
    await desk.followUpCsv(cilla, { ...days, unitId: 'day', language: 'sv' });
    expect(rows()).toEqual(['cilla report -', 'adam report -', 'cilla report day']);
  });

  test('that could not be written down are not answered', async () => {
    const { desk } = await openDesk({ accessLog: () => Promise.reject(new Error('disk full')) });
    await expect(desk.followUp(cilla, days)).rejects.toThrow('disk full');
  });

  test('of the same are worked out once a minute', async () => {
    const { desk, begun, pass } = await openDesk();
    const [one, other] = await Promise.all([desk.followUp(cilla, days), desk.followUp(adam, days)]);
    expect(other).toEqual(one);
    pass(59_999);
    await desk.followUp(cilla, days);
    expect(begun).toHaveLength(1);
    pass(1);
    await desk.followUp(cilla, days);
    expect(begun).toHaveLength(2);
  });

  test('that take longer than that are not begun again by who asks again', async () => {
    const held = Promise.withResolvers<void>();
    const { desk, begun, pass } = await openDesk({ held: held.promise });
    const first = desk.followUp(cilla, days);
    pass(80_000);
    const second = desk.followUp(cilla, days);
    held.resolve();
    expect(await second).toEqual(await first);
    expect(begun).toHaveLength(1);
  });

  test('of one municipality wait for each other, at the most three of them', async () => {
    const held = Promise.withResolvers<void>();
    const { desk, begun, mostRunning } = await openDesk({ held: held.promise });
    const of = (day: number) => desk.followUp(cilla, { ...days, from: `2026-10-0${day}` });
    const asked = [1, 2, 3, 4].map(of);
    await expect(of(5)).rejects.toMatchObject({ code: 'too-many' });
    const south = desk.followUp(scopeOf({ municipalityId: 'syd', role: 'coordinator' }), days);
    expect(begun).toEqual(['norr 2026-10-01 -', 'syd 2026-10-24 -']);
    held.resolve();
    expect((await Promise.all([...asked, south])).map(({ homes }) => homes)).toEqual([
      6, 6, 6, 6, 1,
    ]);
    expect(mostRunning()).toBe(2);
    // None is in the way any more.
    await of(5);
  });

  test('that come to nothing are not remembered, and say why', async () => {
    const { desk, begun, rows, failures } = await openDesk({ inThreads: true });
    const missing = { ...days, unitId: 'syd-1' };
    for (const _ of [1, 2])
      await expect(desk.followUp(cilla, missing)).rejects.toMatchObject({ code: 'not-found' });
    expect(begun).toHaveLength(2);
    expect(rows()).toEqual([]);
    expect(failures).toEqual([]);
  });

  test('that are under way end when the gateway does', async () => {
    const { desk } = await openDesk({ inThreads: true });
    const asked = [desk.followUp(cilla, days), desk.followUp(cilla, { ...days, unitId: 'day' })];
    const ends = Promise.allSettled(asked);
    desk.close();
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(desk.followUp(adam, { ...days, unitId: 'day' })).rejects.toMatchObject({
      code: 'too-many',
    });
  });
});

test('a report that needs more memory than it may have is refused, and the gateway goes on', async () => {
  const { file } = await openReportTown();
  const broke: unknown[] = [];
  const start = createReportThread(file, (error) => broke.push(error), { mostMemoryMb: 4 });
  const { done } = start({ municipalityId: 'norr', ...days, at: madeAt });
  await expect(done).rejects.toMatchObject({ code: 'invalid', message: /memory/ });
  expect(broke).toHaveLength(1);
});
