import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { monotonicMs } from './clock.ts';

export interface DemoStart {
  /** With an empty data directory, so that the municipality is made too. */
  firstMs: number;
  /** With the data of the first. */
  againMs: number;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const startsWithinMs = 60_000;
const stopsWithinMs = 10_000;

/** How long `npm run demo` takes until somebody can sign in; a run before it sees to it that the dashboard is built. */
export async function measureDemoStart(): Promise<DemoStart> {
  const scratch = await mkdtemp(join(tmpdir(), 'vaka-demo-'));
  try {
    await runDemo(join(scratch, 'build'));
    const dataDir = join(scratch, 'data');
    return { firstMs: await runDemo(dataDir), againMs: await runDemo(dataDir) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runDemo(dataDir: string): Promise<number> {
  const began = monotonicMs();
  // A group of its own, because npm does not pass every signal on to what it runs.
  const child = spawn('npm', ['run', 'demo'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutVaka(), VAKA_DATA_DIR: dataDir, VAKA_HTTP_PORT: '0', VAKA_MQTT_PORT: '0' },
  });
  const ended = once(child, 'exit');
  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name);
  };
  const insist = setTimeout(() => signal('SIGKILL'), startsWithinMs);
  try {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    while (!output.includes('Sign in once')) {
      if (child.exitCode !== null) throw new Error(`The demo did not start:\n${output}`);
      await sleep(5);
    }
    return monotonicMs() - began;
  } finally {
    clearTimeout(insist);
    const kill = setTimeout(() => signal('SIGKILL'), stopsWithinMs);
    signal('SIGTERM');
    await ended;
    clearTimeout(kill);
  }
}

function withoutVaka(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('VAKA_'));
  return Object.fromEntries(kept);
}
