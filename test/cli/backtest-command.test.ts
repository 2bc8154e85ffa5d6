import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';

import { expect, test, vi } from 'vitest';

import { withTools } from '../../gateway/cli/context.ts';
import { storeHistory } from '../../gateway/cli/store-history.ts';
import { sampleFleet } from '../simulators/sample-fleet.ts';
import { root, runVaka } from '../support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

const rules = `
- id: door-at-night
  title: { sv: Dörren, en: The door }
  severity: high
  on: door.opened
  during: { from: '22:00', to: '06:00' }
  for: 2m
  unless: door.closed
  clearedBy: door.closed
- id: up-at-night
  title: { sv: Uppe, en: Up }
  severity: low
  on: bed.left
  during: { from: '22:00', to: '06:00' }
`;

const mapping = `
timeZone: Europe/Stockholm
sensors:
  Door: { device: door, profile: event-only, placement: entrance, events: { start: door.opened, end: door.closed } }
  Bed: { device: bed, profile: event-only, placement: bed, events: { start: bed.entered, end: bed.left } }
`;

/** Two nights: the door stands open for five minutes, and the night after for a minute and a half. */
const log = [
  ['2026-03-02 21:00:00', '2026-03-03 01:00:00', 'Bed'],
  ['2026-03-03 01:10:00', '2026-03-03 01:15:00', 'Door'],
  ['2026-03-04 02:00:00', '2026-03-04 02:01:30', 'Door'],
  ['2026-03-04 12:00:00', '2026-03-04 12:30:00', 'Door'],
]
  .map(([start, end, sensor]) => `${start}\t${end}\t${sensor}\tMagnetic\tHall`)
  .join('\n');

async function openLog() {
  const folder = await temporaryFolder();
  const [rulesFile, mappingFile, logFile] = ['rules.yaml', 'mapping.yaml', 'log.txt'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await writeFile(rulesFile, rules);
  await writeFile(mappingFile, mapping);
  await writeFile(logFile, log);
  const environment = { VAKA_DATA_DIR: join(folder, 'data') };
  const source = ['--log', logFile, '--format', 'uci', '--mapping', mappingFile];
  return { folder, rulesFile, environment, source };
}

test('a log tells, as JSON and without any database, each alert that rules would have raised', async () => {
  const { rulesFile, source, environment } = await openLog();
  const ended = await runVaka(['backtest', rulesFile, ...source, '--json'], { environment });
  expect(ended).toMatchObject({ code: 0, err: '' });
  const printed = JSON.parse(ended.out) as { alerts: unknown[]; summary: object };
  expect(Object.keys(printed)).toEqual(['alerts', 'summary']);
  expect(printed.alerts).toEqual([
    {
      rule: 'up-at-night',
      version: 1,
      severity: 'low',
      at: '2026-03-03T00:00:00.000Z',
      device: 'bed',
      late: null,
      cleared: null,
    },
    {
      rule: 'door-at-night',
      version: 1,
      severity: 'high',
      at: '2026-03-03T00:12:00.000Z',
      device: 'door',
      late: null,
      cleared: '2026-03-03T00:15:00.000Z',
    },
  ]);
  expect(printed.summary).toMatchObject({
    alerts: 2,
    night: 2,
    day: 0,
    bySeverity: { high: 1, low: 1, emergency: 0 },
    outcomes: { none: 2 },
  });
});

test('people read a table, the load and the days, and what differs from other rules', async () => {
  const { folder, rulesFile, source, environment } = await openLog();
  const sooner = join(folder, 'sooner.yaml');
  await writeFile(sooner, rules.replace('for: 2m', 'for: 1m'));
  const { out, err } = await runVaka(['backtest', sooner, ...source, '--against', rulesFile], {
    environment,
  });
  expect(err).toBe('');
  expect(out).toMatch(/^2026-03-02 to 2026-03-04: 1 home, 1 resident, 8 events/);
  expect(out).toMatch(/^door-at-night +1 +high +2 /m);
  expect(out).toMatch(/^Load .* 1 at the most/m);
  expect(out).toMatch(/^Per day +·█▄$/m);
  expect(out).toMatch(/^Difference +1 added, 0 lost, 1 earlier, 0 later, 1 the same$/m);
});

test('people are told what of a log was left out, and why, beside what is printed', async () => {
  const { folder, rulesFile, source, environment } = await openLog();
  await writeFile(join(folder, 'mapping.yaml'), mapping.replace(/ {2}Bed:.*\n/, ''));
  const ended = await runVaka(['backtest', rulesFile, ...source, '--json'], { environment });
  expect(ended.err).toBe('2 readings are left out:\n  2: The mapping has no sensor Bed.\n');
  expect(JSON.parse(ended.out)).toMatchObject({ summary: { alerts: 1 } });
});

test('whoever has read enough of what is printed may go', async () => {
  const { rulesFile, source, environment } = await openLog();
  const child = spawn(process.execPath, ['gateway/main.ts', 'backtest', rulesFile, ...source], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  expect(await text(child.stderr)).toBe('');
});

test('nothing is said of a time of which nothing is known', async () => {
  const { folder, rulesFile, source, environment } = await openLog();
  const later = ['--from', '2026-04-01', '--to', '2026-04-08'];
  const late = await runVaka(['backtest', rulesFile, ...source, ...later], { environment });
  expect(late).toMatchObject({ code: 1, out: '' });
  expect(late.err).toMatch(/The log goes from 2026-03-02 to 2026-03-04/);
  const nowhere = await runVaka(['backtest', rulesFile], { environment });
  expect(nowhere.err).toMatch(/no database in .*VAKA_DATA_DIR/);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('a parameter is tuned over the same log', async () => {
  const { rulesFile, source, environment } = await openLog();
  const { out, code } = await runVaka(
    [
      'tune',
      rulesFile,
      '--rule',
      'door-at-night',
      '--parameter',
      'for',
      '--values',
      '1m,5m,6m',
      ...source,
    ],
    { environment },
  );
  expect(code).toBe(0);
  expect(out).toMatch(/^1m +2 .*█{32}$/m);
  expect(out).toMatch(/^2m \(now\) +1 .*█{16}$/m);
  // Closed exactly when it would have been called for is closed in time.
  expect(out).toMatch(/^5m +0 /m);
  expect(out).toMatch(/^6m +0 /m);
});

test('what cannot be tried is refused with the place and the mend', async () => {
  const { folder, rulesFile, source, environment } = await openLog();
  const wrong = join(folder, 'wrong.yaml');
  await writeFile(wrong, rules.replace('unless:', 'untill:'));
  const refusal = async (...words: string[]) => (await runVaka(words, { environment })).err;
  expect(await refusal('backtest', wrong, ...source)).toMatch(/line 8, column 3.*untill/s);
  expect(await refusal('backtest', rulesFile, '--log', rulesFile)).toMatch(/--format.*--mapping/);
  expect(await refusal('backtest', rulesFile, ...source, '--home', 'other')).toMatch(
    /no home other/,
  );
  expect(
    await refusal('tune', rulesFile, '--rule', 'door', '--parameter', 'for', ...source),
  ).toMatch(/no rule door/);
});

test('rules are tried on what is stored, and whose home was looked at is written down', async () => {
  const environment = { VAKA_DATA_DIR: await temporaryFolder() };
  const fleet = sampleFleet(2);
  const from = Date.parse('2026-03-02T00:00:00+01:00');
  const to = Date.parse('2026-03-09T00:00:00+01:00');
  await withTools({ environment }, async ({ onboarding, store }) => {
    await onboarding.addMunicipality({ id: 'norr', name: 'Norr', timeZone: 'Europe/Stockholm' });
    await onboarding.addUnit({ id: 'natt', municipalityId: 'norr', name: 'Natt' });
    for (const home of fleet.homes) {
      await onboarding.addHome({
        id: home.id,
        municipalityId: 'norr',
        unitId: 'natt',
        label: home.id,
        residents: ['Elsa B'],
        cohabitants: [],
        consents: ['help', 'activity', 'camera'],
        since: from,
      });
      for (const { id, profile, placement } of home.devices)
        await onboarding.addDevice({ id, profile, placement, homeId: home.id, since: from });
    }
    await storeHistory(store, fleet.homes, { municipalityId: 'norr', from, to, seed: '1' });
  });
  const words = ['backtest', 'standard', '--against', 'current', '--home', 'home-1'];
  const span = ['--from', '2026-03-02', '--to', '2026-03-09'];
  const { out, code, err } = await runVaka([...words, ...span], { environment });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^2026-03-02 to 2026-03-08: 1 home, 1 resident, [\d,]+ events/);
  expect(out).toMatch(/^Difference +0 added, 0 lost, 0 earlier, 0 later, [1-9]\d* the same$/m);
  const database = new DatabaseSync(join(environment.VAKA_DATA_DIR, 'vaka.db'), { readOnly: true });
  const rows = database.prepare('select person_id, action, subject_id from access_log').all();
  database.close();
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual(['command-line backtest home-1']);
});
