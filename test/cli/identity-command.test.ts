import { X509Certificate } from 'node:crypto';

import { expect, test, vi } from 'vitest';

import { withTools } from '../../gateway/cli/context.ts';
import { furnish } from '../gateway/store/furnish.ts';
import { runVaka } from '../support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

async function openCommands() {
  const environment = { VAKA_DATA_DIR: await temporaryFolder() };
  await withTools({ environment }, ({ store }) => furnish(store, { norr: { 'norr-1': ['n1'] } }));
  return {
    environment,
    run: (words: string) => runVaka(words.split(' '), { environment }),
  };
}

test('a device gets a new secret, printed once, beside the old one', async () => {
  const { environment, run } = await openCommands();
  const { code, out, err } = await run('device secret button-n1');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const answer = JSON.parse(out) as Record<string, unknown>;
  expect(answer).toEqual({
    deviceId: 'button-n1',
    secret: expect.stringMatching(/^[\w-]{43}$/),
    othersUntil: null,
    mqttUrl: 'mqtt://127.0.0.1:1883',
  });
  await withTools({ environment }, async ({ store }) => {
    expect(await store.directory.credentials('button-n1')).toHaveLength(2);
  });
  const wrong = await run('device secret nobody');
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('There is no device') });
});

test('a municipality gets its authority once, and is shown it again', async () => {
  const { run } = await openCommands();
  const made = await run('authority --municipality norr');
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).not.toContain('PRIVATE');
  const { certificate, fingerprint } = JSON.parse(made.out) as Record<string, string>;
  expect(new X509Certificate(certificate ?? '').fingerprint256).toBe(fingerprint);
  expect((await run('authority --municipality norr')).out).toBe(made.out);
  const wrong = await run('authority --municipality syd');
  expect(wrong).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no municipality'),
  });
});
