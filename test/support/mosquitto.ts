import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { freePort } from '../bench/server-process.ts';
import { pathOf } from './program.ts';
import { runProgram } from './run.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface MosquittoOptions {
  /** Files of its `conf.d`, by name. */
  files?: Readonly<Record<string, string>>;
  /** Lines besides. */
  lines?: readonly string[];
  /** Who may read and write what. */
  accessList?: string;
  /** Passwords by user; without it, anybody may come. */
  users?: Readonly<Record<string, string>>;
}

export type Mosquitto = Awaited<ReturnType<typeof createMosquitto>>;

/** Debian's Mosquitto with a folder of its own, as its package sets it up; it goes away with the test. */
export async function createMosquitto(options: MosquittoOptions = {}) {
  const folder = await temporaryFolder();
  const port = await freePort();
  const configuration = await furnish(folder, port, options);
  let child: ChildProcess | null = null;
  let said = '';

  async function start(): Promise<void> {
    const started = spawn(pathOf('mosquitto'), ['-c', configuration], { stdio: 'pipe' });
    child = started;
    started.stderr.on('data', (data: Buffer) => (said += data.toString()));
    started.stdout.on('data', (data: Buffer) => (said += data.toString()));
    await listening(port, () => {
      if (started.exitCode !== null) throw new Error(`Mosquitto has ended: ${said}`);
    });
  }

  /** Ends it: with `SIGTERM` it saves what it holds, with `SIGKILL` it has no time to. */
  async function stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }

  /** Publishes lines with Mosquitto's own client over one connection, each a message. */
  async function publish(
    topic: string,
    messages: readonly string[],
    words: readonly string[] = ['-q', '1'],
  ): Promise<void> {
    const place = ['-h', '127.0.0.1', '-p', String(port), '-V', 'mqttv311', '-t', topic, '-l'];
    const { code, err } = await runProgram(pathOf('mosquitto_pub'), [...place, ...words], {
      input: messages.map((message) => `${message}\n`).join(''),
    });
    if (code !== 0) throw new Error(`mosquitto_pub: ${err}`);
  }

  await start();
  onTestFinished(() => stop());
  return { port, folder, start, stop, publish, said: () => said };
}

/** Writes what it reads when it starts; answers where that is. */
async function furnish(folder: string, port: number, options: MosquittoOptions): Promise<string> {
  const { files = {}, lines = [], users, accessList } = options;
  const configuration = join(folder, 'mosquitto.conf');
  await mkdir(join(folder, 'conf.d'));
  await mkdir(join(folder, 'data'));
  const settings = [
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    'persistence true',
    `persistence_location ${join(folder, 'data')}/`,
    `listener ${port} 127.0.0.1`,
    `allow_anonymous ${users === undefined}`,
    ...(users === undefined ? [] : [`password_file ${join(folder, 'passwords')}`]),
    ...(accessList === undefined ? [] : [`acl_file ${join(folder, 'access')}`]),
    ...lines,
    `include_dir ${join(folder, 'conf.d')}`,
  ];
  await writeFile(configuration, `${settings.join('\n')}\n`);
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, 'conf.d', name), text);
  }
  if (accessList !== undefined) await writeFile(join(folder, 'access'), accessList);
  if (users !== undefined) await writePasswords(join(folder, 'passwords'), users);
  return configuration;
}

async function writePasswords(
  file: string,
  users: NonNullable<MosquittoOptions['users']>,
): Promise<void> {
  await writeFile(file, '');
  for (const [user, password] of Object.entries(users)) {
    const words = ['-b', file, user, password];
    const { code, err } = await runProgram(pathOf('mosquitto_passwd'), words);
    if (code !== 0) throw new Error(`mosquitto_passwd: ${err}`);
  }
}

/** Resolves when somebody listens there; `check` throws when nobody ever will. */
async function listening(port: number, check: () => void): Promise<void> {
  for (;;) {
    check();
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
