import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createBacktestThread } from '../../gateway/backtest-thread.ts';
import { storeHistory } from '../../gateway/cli/store-history.ts';
import { noRules, withCandidates } from '../../gateway/domain/backtest/candidate.ts';
import type { Progress } from '../../gateway/domain/backtest/read-homes.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import { readStandardRules } from '../../gateway/store/template-file.ts';
import { livelyHome } from './lively-home.ts';

/** A year of one home that tells two million events, in a real file and through the thread that does it for people. */
const timeZone = 'Europe/Stockholm';
const from = Date.parse('2025-01-01T00:00:00+01:00');
const to = Date.parse('2026-01-01T00:00:00+01:00');
const home = livelyHome('home-1', timeZone);
const municipalityId = 'norr';
const sampleEveryMs = 20;
const quarters = [0.25, 0.5, 0.75, 1];
const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

async function prepare(file: string): Promise<void> {
  const store = await openSqliteStore(file);
  const { registry } = store;
  const onboarding = createOnboarding({ registry, clock: Date.now, random: randomBytes });
  await onboarding.addMunicipality({ id: municipalityId, name: 'Norrköpinge', timeZone });
  const unitId = await onboarding.addUnit({ municipalityId, name: 'Nattpatrullen' });
  await onboarding.addHome({
    id: home.id,
    municipalityId,
    unitId,
    label: 'Skogsgatan 4',
    residents: ['Elsa B'],
    cohabitants: [],
    consents: ['help', 'activity', 'camera'],
    since: from,
  });
  for (const { id, profile, placement } of home.devices) {
    await onboarding.addDevice({ id, homeId: home.id, profile, placement, since: from });
  }
  await storeHistory(store, [home], { municipalityId, from, to, seed: '1' });
  await store.close();
}

async function measure(file: string, compare: boolean): Promise<void> {
  const rules = await readStandardRules();
  const terms = { municipalityId, at: to, alone: true };
  const candidate = withCandidates(noRules, rules, terms);
  const startWork = createBacktestThread(file, (error) =>
    process.stderr.write(`${String(error)}\n`),
  );
  const rss = () => process.memoryUsage().rss;
  const before = rss();
  const atQuarter = new Map<number, number>();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, rss());
  }, sampleEveryMs);
  const told = ({ progress }: Progress) => {
    for (const quarter of quarters)
      if (progress >= quarter && !atQuarter.has(quarter)) atQuarter.set(quarter, rss());
  };
  const began = performance.now();
  const scope = { userId: 'karin', municipalityId, role: 'coordinator', units: 'all' } as const;
  const work = startWork(
    {
      scope,
      homeIds: [home.id],
      span: { from, to },
      handledAfterMs: 20 * 60_000,
      task: {
        kind: 'backtest',
        timeZone,
        candidate,
        current: compare ? candidate : null,
        operators: 1,
      },
    },
    told,
  );
  const done = await work.done;
  const seconds = (performance.now() - began) / 1_000;
  atQuarter.set(1, rss());
  clearInterval(sampling);
  if (done.kind !== 'backtest') throw new Error('It was a backtest.');
  const { events, summary } = done.result;
  const memory = quarters.map(
    (quarter) => `${quarter * 100} %: ${megabytes(atQuarter.get(quarter) ?? Number.NaN)}`,
  );
  const what = compare ? 'two sets of rules compared' : 'the standard rules';
  process.stdout.write(
    `${what}: ${whole.format(events)} events, ${whole.format(summary.alerts)} alerts in ${seconds.toFixed(1)} s, ${whole.format(events / seconds)} events/s; RSS before ${megabytes(before)}, at ${memory.join(', ')}, peak ${megabytes(peak)}\n`,
  );
}

const [, script = '', role, given] = process.argv;
if (role === 'prepare' && given !== undefined) {
  await prepare(given);
} else {
  const folder = await mkdtemp(join(tmpdir(), 'vaka-backtest-'));
  try {
    const file = join(folder, 'vaka.db');
    // In a process of its own, so that what it takes of memory is not counted here.
    await once(fork(script, ['prepare', file]), 'exit');
    await measure(file, false);
    await measure(file, true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
