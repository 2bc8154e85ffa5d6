import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { onTestFinished } from 'vitest';

import { freePort } from '../bench/server-process.ts';
import { pathOf, type Program } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface DatabaseServerOptions {
  program: Program;
  /** What it is started with; called once, when its folder is there. */
  words: (place: {
    folder: string;
    port: number;
  }) => readonly string[] | Promise<readonly string[]>;
  /** Answers 2xx there once it may be used. */
  ready: string;
}

export type DatabaseServer = Awaited<ReturnType<typeof startDatabaseServer>>;

/** A database of its own in a temporary folder, answering HTTP on a free port of this machine; it goes away with the test. */
export async function startDatabaseServer({ program, words, ready }: DatabaseServerOptions) {
  const folder = await temporaryFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const given = await words({ folder, port });
  let child: ChildProcess | null = null;
  let said = '';

  /** Starts it again on the same port, with what it had. */
  async function start(): Promise<void> {
    const started = spawn(pathOf(program), given, { stdio: 'pipe' });
    child = started;
    const keep = (data: Buffer) => (said = `${said}${data.toString()}`.slice(-20_000));
    started.stderr.on('data', keep);
    started.stdout.on('data', keep);
    const failed = once(started, 'error').then(([error]) => {
      throw error;
    });
    await Promise.race([failed, answering(started)]);
  }

  async function answering(started: ChildProcess): Promise<void> {
    for (;;) {
      if (hasEnded(started)) throw new Error(`${program} has ended: ${said}`);
      const answer = await fetch(`${url}${ready}`).catch(() => null);
      await answer?.arrayBuffer();
      if (answer?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Ends it in order. */
  const stop = () => end('SIGTERM');
  /** Ends it between two instructions. */
  const kill = () => end('SIGKILL');

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = child;
    child = null;
    if (running === null || hasEnded(running)) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }

  onTestFinished(kill);
  await start();
  return { url, port, folder, start, stop, kill, said: () => said };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
