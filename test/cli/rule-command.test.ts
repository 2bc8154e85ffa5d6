import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { connectAsync } from 'mqtt';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { withTools } from '../../gateway/cli/context.ts';
import { readConfig } from '../../gateway/config.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { yaml } from '../gateway/services/rule-world.ts';
import { addDevice, addUser, furnish } from '../gateway/store/furnish.ts';
import { type Ended, runVaka } from '../support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

const atOnce = yaml('on: door.opened');
const lasting = yaml('on: door.opened\nfor: 2m');

async function openCommands() {
  const folder = await temporaryFolder();
  const environment = { VAKA_DATA_DIR: folder, VAKA_HTTP_PORT: '0', VAKA_MQTT_PORT: '0' };
  await withTools({ environment }, async ({ store }) => {
    await furnish(store, { norr: { 'norr-1': ['home-1'] }, syd: { 'syd-1': ['home-2'] } });
    await addUser(store, {
      id: 'cilla',
      municipalityId: 'norr',
      name: 'Cilla',
      role: 'coordinator',
    });
    await addUser(store, { id: 'astrid', municipalityId: 'norr' });
  });
  const run = (...words: string[]): Promise<Ended> => runVaka(['rules', ...words], { environment });
  return {
    folder,
    environment,
    run,
    /** What a command that must succeed prints. */
    said: async (...words: string[]): Promise<string> => {
      const { code, out, err } = await run(...words);
      expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
      return out;
    },
    file: async (text: string, name = 'door.yaml') => {
      const file = join(folder, name);
      await writeFile(file, text);
      return file;
    },
  };
}

const norr = ['--municipality', 'norr'];
const why = [...norr, '--reason', 'A test wants it.'];
const byCilla = [...why, '--author', 'cilla@vaka.example'];

describe('the rules of a municipality', () => {
  test('are activated from a file, listed, shown, turned off and on', async () => {
    const { said, file } = await openCommands();
    const out = await said('activate', await file(`# Ours.\n${atOnce}`), ...byCilla);
    expect(JSON.parse(out)).toEqual({ rule: 'door', version: 1, isOn: true });
    expect(await said('off', 'door', ...why)).toContain('"isOn":false');
    expect(await said('list', ...norr)).toMatch(/^door +v2 +off high +Regel$/m);
    expect(await said('on', 'door', ...why)).toContain('"version":3');
    const shown = await said('show', 'door', ...norr);
    expect(shown).toMatch(/^# Ours\.\nid: door\n/);
    expect(shown).toMatch(/^# v3 on, .*Z, the system: A test wants it\.$/m);
    expect(shown).toMatch(/^# v1 on, .*Z, Cilla: A test wants it\.$/m);
  });

  test('come from a file of several, all or none', async () => {
    const { said, run, file } = await openCommands();
    const item = (text: string) => `- ${text.trim().replaceAll('\n', '\n  ')}\n`;
    const both = item(atOnce) + item(yaml('on: bed.left', 'bed'));
    const broken = await run('activate', await file(`${both}  colour: red\n`, 'b.yaml'), ...why);
    expect(broken).toMatchObject({ code: 1, err: expect.stringMatching(/b\.yaml:9:3: /) });
    expect(await said('list', ...norr)).not.toMatch(/^door /m);
    const lines = (await said('activate', await file(both), ...why)).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { rule: 'door', version: 1 },
      { rule: 'bed', version: 1 },
    ]);
  });

  test('have values of a home’s own, until they are taken back', async () => {
    const { said, run, file } = await openCommands();
    await said('activate', await file(lasting), ...why);
    const here = ['override', 'door', '--home', 'home-1', ...byCilla];
    await said(...here, '--set', 'for=5m');
    expect(await said('show', 'door', ...norr)).toContain('# home-1: {"values":{"for":"5m"}}');
    expect(await said('list', ...norr)).toContain('1 home(s) of their own');
    await said(...here, '--take-back');
    expect(await said('show', 'door', ...norr)).not.toContain('home-1');
    const refused = await run(...here, '--set', 'count.times=4');
    expect(refused).toMatchObject({ code: 1, err: 'The rule has no `count.times` to set.\n' });
    const empty = await run(...here);
    expect(empty).toMatchObject({ code: 1, err: expect.stringContaining('Say what') });
  });

  test('are changed by coordinators only, and of that municipality', async () => {
    const { run, file } = await openCommands();
    const door = await file(atOnce);
    const asWho = (address: string, municipality = 'norr') =>
      run('activate', door, '--municipality', municipality, '--reason', 'Why', '--author', address);
    expect((await asWho('astrid@vaka.example')).err).toContain('does not work with rules');
    expect((await asWho('cilla@vaka.example', 'syd')).err).toContain('Nobody signs in');
    expect((await asWho('cilla@vaka.example', 'nowhere')).err).toContain('no municipality');
  });
});

test('a check prints each problem with its file, line and column, and needs no database', async () => {
  const { said, run, file } = await openCommands();
  const bad = await file(`${lasting}colour: red\n`);
  const { code, out } = await run('check', bad);
  expect(code).toBe(1);
  expect(out).toMatch(new RegExp(`^${bad}:6:1: 0\\.colour: .*colour`));
  const doubtful = await file(`${lasting}inhibits: [never, smoke]\n`);
  expect(await said('check', doubtful)).toMatch(/:6:\d+: 0\.inhibits: warning: .*"never"/);
  expect(await said('check', await file(lasting), ...norr)).toContain('can be used.');
});

describe('rules from one municipality to another', () => {
  test('are shown as a difference first, and put in force when somebody says so', async () => {
    const { said, run, file, folder } = await openCommands();
    await said('activate', await file(atOnce), ...why);
    const out = join(folder, 'norr.json');
    await said('export', ...norr, '--out', out, '--only', 'door,smoke');
    const syd = ['--municipality', 'syd'];
    const shown = await said('import', out, ...syd);
    expect(shown).toContain('From norrs kommun (norr)');
    expect(shown).toMatch(/Key ([0-9a-f]{4} ){15}/);
    expect(shown).toContain('NOT known');
    expect(shown).toContain('+on: door.opened');
    expect(shown).toContain('smoke: the same');
    expect(shown).toContain('Nothing was changed.');
    expect(await said('list', ...syd)).not.toMatch(/^door /m);
    expect((await run('import', out, ...syd, '--yes')).err).toContain('--reason');
    const done = await said('import', out, ...syd, '--yes', '--reason', 'Theirs is good.');
    expect(done).toContain('{"imported":["door"]}');
    expect(await said('list', ...syd)).toMatch(/^door .*\(from norrs kommun\)$/m);
    expect(await said('import', out, ...syd)).toContain('known from before');
  });

  test('are refused when the file was changed, or is none', async () => {
    const { said, run, folder, file } = await openCommands();
    const out = join(folder, 'norr.json');
    await said('export', ...norr, '--out', out, '--only', 'smoke');
    const text = await readFile(out, 'utf8');
    await writeFile(out, text.replace('"version": 1', '"version": 2'));
    const syd = ['--municipality', 'syd', '--yes', '--reason', 'A try.'];
    expect(await run('import', out, ...syd)).toMatchObject({
      code: 1,
      err: expect.stringContaining('not as they were signed'),
    });
    const none = await run('import', await file(atOnce), ...syd);
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('no file of rules') });
  });

  test('cannot steer the terminal of whoever looks at them', async () => {
    const { said, file, folder } = await openCommands();
    const written = await file(`${atOnce}# \u001B[2J\n`);
    await said('activate', written, ...why);
    const out = join(folder, 'norr.json');
    await said('export', ...norr, '--out', out, '--only', 'door');
    expect(await said('import', out, '--municipality', 'syd')).not.toContain('\u001B');
  });
});

test('a gateway that is running judges the next event by what a command has put in force', async () => {
  const { environment, said, file } = await openCommands();
  await withTools({ environment }, ({ store }) =>
    addDevice(store, { id: 'door', homeId: 'home-1', profile: 'event-only' }),
  );
  const gateway = createGateway(readConfig(environment), { log: pino({ level: 'silent' }) });
  onTestFinished(gateway.stop);
  const { mqttUrl } = await gateway.start();
  const client = await connectAsync(mqttUrl, {
    clientId: 'door',
    username: 'door',
    password: 'secret of door',
  });
  onTestFinished(() => client.endAsync());
  const open = (id: string) =>
    client.publishAsync('vaka/v1/door/events', JSON.stringify({ id, type: 'door.opened' }), {
      qos: 1,
    });
  const raised = () =>
    withTools({ environment }, async ({ store }) => {
      const { items } = await store.overview.alerts(
        { userId: 'cilla', municipalityId: 'norr', role: 'coordinator', units: 'all' },
        { limit: 9 },
        Date.now(),
      );
      return items.map(({ rule }) => `${rule.id} ${rule.version}`);
    });
  await said('activate', await file(lasting), ...why);
  await open('a');
  expect(await raised()).toEqual([]);
  await said('activate', await file(atOnce), ...why);
  await open('b');
  expect(await raised()).toEqual(['door 2']);
});
