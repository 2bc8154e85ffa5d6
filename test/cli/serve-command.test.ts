import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { expect, onTestFinished, test, vi } from 'vitest';

import { type RunOptions, runVaka, startProgram } from '../support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { firstOutput } from './output.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

const endsWithinMs = 5_000;

async function freePorts(): Promise<Record<string, string>> {
  return {
    VAKA_DATA_DIR: await temporaryFolder(),
    VAKA_HTTP_PORT: '0',
    VAKA_MQTT_PORT: '0',
    VAKA_LOG_LEVEL: 'warn',
  };
}

async function serve(program: string, words: string[], options: RunOptions) {
  const { child, ended } = startProgram(program, words, options);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [, url = ''] = await firstOutput(child, /Vaka answers at (\S+) and listens at mqtt/);
  return { child, ended, url };
}

test.for(['SIGTERM', 'SIGINT'] as const)(
  'serve answers until %s, and then ends with 0',
  async (signal) => {
    const environment = await freePorts();
    const { child, ended, url } = await serve(process.execPath, ['gateway/main.ts', 'serve'], {
      environment,
    });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const askedAt = performance.now();
    child.kill(signal);
    const { code, err } = await ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(performance.now() - askedAt).toBeLessThan(endsWithinMs);
    await expect(fetch(`${url}/readyz`)).rejects.toThrow('fetch failed');
  },
);

test('npm start passes SIGTERM on, and says that all went well', async () => {
  const environment = await freePorts();
  const { child, ended } = await serve('npm', ['start', '--silent'], { environment });
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0 });
});

test('a port that is taken is named, with what to set instead', async () => {
  const environment = await freePorts();
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  for (const name of ['VAKA_HTTP_PORT', 'VAKA_MQTT_PORT']) {
    const { code, err } = await runVaka(['serve'], {
      environment: { ...environment, [name]: port },
    });
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port} is taken`);
    expect(err).toContain(name);
  }
});
