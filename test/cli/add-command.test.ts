import { expect, test, vi } from 'vitest';

import { withTools } from '../../gateway/cli/context.ts';
import { type Ended, runProgram, type RunOptions, runVaka } from '../support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

async function openCommands() {
  const environment = { VAKA_DATA_DIR: await temporaryFolder() };
  const run = (words: string, options: RunOptions = {}): Promise<Ended> =>
    runVaka(words.split(' '), { environment, ...options });
  return {
    environment,
    run,
    /** What a command that must succeed prints. */
    json: async (words: string, options?: RunOptions): Promise<Record<string, string>> => {
      const { code, out, err } = await run(words, options);
      expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
      expect(out.trim().split('\n')).toHaveLength(1);
      return JSON.parse(out) as Record<string, string>;
    },
  };
}

/** A municipality, a unit and a home to put things into. */
async function openHome() {
  const commands = await openCommands();
  await withTools(commands, async ({ onboarding }) => {
    await onboarding.addMunicipality({ id: 'norr', name: 'Norr', timeZone: 'Europe/Stockholm' });
    await onboarding.addUnit({ id: 'natt', municipalityId: 'norr', name: 'Natt' });
    await onboarding.addHome({
      id: 'hem',
      municipalityId: 'norr',
      unitId: 'natt',
      label: 'Skogsgatan',
      residents: [],
      cohabitants: [],
      consents: [],
    });
  });
  return commands;
}

test('every command that adds something prints one line of JSON, with the id to go on with', async () => {
  const { json, environment } = await openCommands();
  const since = '2026-01-01T00:00:00+01:00';
  const { municipalityId } = await json('municipality add --name Norr');
  const { unitId } = await json(`unit add --municipality ${municipalityId} --name Natt`);
  const { homeId, consent } = await json(
    `home add --municipality ${municipalityId} --unit ${unitId} --label Skogsgatan --flag fall-risk --flag may-wander --since ${since}`,
  );
  expect(consent).toBe('help,activity,camera');
  const device = await json(`device add --home ${homeId} --profile call-button --since ${since}`, {
    environment: { ...environment, VAKA_HOST: '::' },
  });
  expect(device).toEqual({
    deviceId: expect.stringMatching(/^call-button-/),
    secret: expect.stringMatching(/^[\w-]{43}$/),
    mqttUrl: 'mqtt://127.0.0.1:1883',
  });
  await withTools({ environment }, async ({ store }) => {
    const file = (await store.directory.homes([homeId ?? ''])).get(homeId ?? '');
    const from = Date.parse(since);
    expect(file?.context.flags).toEqual(['fall-risk', 'may-wander']);
    expect(file?.consents).toEqual(Array(3).fill(expect.objectContaining({ from })));
    expect(file?.context.devices).toMatchObject([{ placedAt: from }]);
  });
});

test('a unit may keep duty by check-in, be an alarm centre, and serve other municipalities', async () => {
  const { json, run, environment } = await openCommands();
  for (const id of ['norr', 'syd']) await json(`municipality add --id ${id} --name ${id}`);
  await json('unit add --municipality norr --name Natt --id natt --duty check-in');
  const served = await json('unit serve --unit natt --municipality syd');
  expect(served).toEqual({ unitId: 'natt', serves: ['syd'] });
  await withTools({ environment }, async ({ store }) => {
    const { units } = await store.staffing.arrangements();
    expect(units.get('natt')).toMatchObject({ kind: 'team', duty: 'check-in', serves: ['syd'] });
  });
  for (const [words, why] of [
    ['unit add --municipality norr --name L --kind alarm-centre', 'needs a webhook endpoint'],
    [
      'unit add --municipality norr --name L --kind robot',
      'Allowed choices are team, alarm-centre',
    ],
    ['unit serve --unit gone --municipality syd', 'There is no unit "gone".'],
    ['unit serve --unit natt --municipality gone', 'There is no such municipality.'],
    ['unit serve --unit natt --municipality norr', 'A unit serves its own municipality'],
  ] as const) {
    const { code, err } = await run(words);
    expect(code).not.toBe(0);
    expect(err).toContain(why);
  }
});

test('npm run vaka is the same command', async () => {
  const { environment } = await openCommands();
  const words = ['run', '--silent', 'vaka', '--', 'municipality', 'add', '--name', 'Norr'];
  const { code, out } = await runProgram('npm', words, { environment });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ municipalityId: expect.stringMatching(/^municipality-/) });
});

test('a person signs in with a link, or with the password that was piped in', async () => {
  const { json, environment } = await openHome();
  const user = 'user add --role carer --municipality norr --unit natt --email';
  const withLink = await json(`${user} amina@vaka.example`, {
    environment: { ...environment, VAKA_HOST: '0.0.0.0' },
  });
  expect(withLink['signInUrl']).toMatch(/^http:\/\/127\.0\.0\.1:8080\/sign-in#token=[\w-]{43}$/);
  const withPassword = await json(`${user} JOHAN@vaka.example`, {
    input: 'natten är lång i norr\n',
  });
  expect(withPassword).toEqual({ userId: expect.any(String), email: 'johan@vaka.example' });
});

const mistakes = [
  ['unit add --municipality syd --name Natt', 'There is no municipality "syd": add it first'],
  ['home add --municipality norr --unit dag --label X', 'There is no unit "dag"'],
  [
    'home add --municipality norr --unit natt --label X --consent spying',
    'There are: help, activity, camera, statistics.',
  ],
  ['device add --home borta --profile call-button', 'There is no home "borta": add it first.'],
  ['device add --home hem --profile toaster', 'There are: call-button, fall-detector'],
  ['device add --home hem --profile call-button --id a/b', 'write 1 to 64 letters'],
  [
    'device add --home hem --profile call-button --since yesterday',
    'Write a time with its zone, such as 2026-11-01T00:00:00+01:00.',
  ],
  [
    'home add --municipality norr --unit natt --label X --since 2126-01-01T00:00:00Z',
    'has not come yet',
  ],
  ['municipality add --name Norr --id norr', 'choose another id'],
  ['municipality add --name Mars --time-zone Mars/Base', 'write one like Europe/Stockholm'],
  [
    'user add --email a@vaka.example --role boss --municipality norr',
    'Allowed choices are carer, technician, coordinator, administrator.',
  ],
  ['user add --email amina --role carer --municipality norr', 'amina@example.se'],
  ['simulate --fleet nowhere.json', 'There is no file nowhere.json'],
  ['simulate --fleet LICENSE', 'is no fleet'],
  ['nothing', 'unknown command'],
] as const;

test('a mistake is answered with what to do instead, without a stack, and with exit code 1', async () => {
  const { run } = await openHome();
  const ends = await inPairs(mistakes, async ([words, advice]) => {
    const { code, out, err } = await run(words);
    return { words, advice, code, out, err };
  });
  for (const { words, advice, ...end } of ends) {
    expect.soft(end, words).toEqual({
      code: 1,
      out: '',
      err: expect.stringContaining(advice),
    });
    expect.soft(end.err, words).not.toMatch(/\n\s+at /);
  }
});

test('a password that is too short is refused, and nobody is added', async () => {
  const { run, json } = await openHome();
  const user = 'user add --email amina@vaka.example --role carer --municipality norr';
  const { code, err } = await run(user, { input: 'kort\n' });
  expect({ code, err }).toEqual({ code: 1, err: 'A password needs 12 characters or more.\n' });
  await json(user);
});

const settings = [
  [{ VAKA_HTTP_PORT: 'http' }, 'VAKA_HTTP_PORT=http cannot be used. Give a port number.'],
  [{ VAKA_LOG_LEVEL: 'loud' }, 'Write debug, info, warn, error or silent.'],
  [{ VAKA_PUBLIC_URL: 'vaka' }, 'Give an address such as https://vaka.example.se.'],
  [{ VAKA_PORT: '80' }, 'VAKA_PORT means nothing here. There are: VAKA_DATA_DIR,'],
  [{ VAKA_TLS_KEY_FILE: 'package.json' }, 'give both, or neither'],
  [
    {
      VAKA_TLS_CERT_FILE: '/nowhere/cert.pem',
      VAKA_TLS_KEY_FILE: '/nowhere/key.pem',
      VAKA_HTTP_PORT: '0',
      VAKA_MQTT_PORT: '0',
    },
    'There is no file /nowhere/',
  ],
] as const;

test('a setting that cannot be used keeps the gateway from starting, and says why', async () => {
  const { environment } = await openCommands();
  const ends = await inPairs(settings, async ([different, advice]) => {
    const given = { ...environment, ...different };
    return { advice, ...(await runVaka(['serve'], { environment: given })) };
  });
  for (const { advice, code, err } of ends) {
    expect.soft({ code, err }).toEqual({ code: 1, err: expect.stringContaining(advice) });
  }
});

/** Two at a time: each is a process, and there are two processors. */
async function inPairs<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let index = 0; index < items.length; index += 2) {
    results.push(...(await Promise.all(items.slice(index, index + 2).map(work))));
  }
  return results;
}
