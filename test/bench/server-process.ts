import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const startsWithinMs = 30_000;
const stopsWithinMs = 10_000;
const announcement = /Vaka answers at (\S+) and listens at (\S+)\.\n/;

export interface ServerOptions {
  dataDir: string;
  /** 0: any free one. */
  httpPort?: number;
  mqttPort?: number;
  /** Further variables for the server. */
  environment?: Readonly<Record<string, string>>;
  /** Given to Node itself, for a profile. */
  nodeArguments?: readonly string[];
  /** Where the server's code lies; by default here. */
  folder?: string;
}

/** The real server, as `npm start` runs it, in a process of its own. */
export interface ServerProcess {
  pid: number;
  httpUrl: string;
  mqttUrl: string;
  /** Everything it has written so far. */
  output: () => string;
  /** Ends it at once, as a power cut does. */
  kill: () => Promise<void>;
  /** Asks it to end, and insists after ten seconds; answers whether it ended by itself. */
  stop: () => Promise<boolean>;
}

export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { dataDir, httpPort = 0, mqttPort = 0, nodeArguments = [], folder = root } = options;
  const child = spawn(process.execPath, [...nodeArguments, 'gateway/main.ts', 'serve'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      VAKA_DATA_DIR: dataDir,
      VAKA_HTTP_PORT: String(httpPort),
      VAKA_MQTT_PORT: String(mqttPort),
      VAKA_LOG_LEVEL: 'warn',
      ...options.environment,
    },
  });
  const output = collectOutput(child);
  const isEnded = () => child.exitCode !== null || child.signalCode !== null;
  const ended = once(child, 'exit');
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  ended.then(
    () => process.off('exit', end),
    () => {},
  );
  const [, httpUrl = '', mqttUrl = ''] = await announced(output, isEnded);

  return {
    pid: child.pid ?? 0,
    httpUrl,
    mqttUrl,
    output,
    kill: async () => {
      child.kill('SIGKILL');
      if (!isEnded()) await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const insist = setTimeout(end, stopsWithinMs);
      if (!isEnded()) await ended;
      clearTimeout(insist);
      return child.signalCode !== 'SIGKILL';
    },
  };
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  return () => text;
}

async function announced(output: () => string, isEnded: () => boolean): Promise<RegExpExecArray> {
  const until = performance.now() + startsWithinMs;
  while (performance.now() < until && !isEnded()) {
    const found = announcement.exec(output());
    if (found !== null) return found;
    await sleep(5);
  }
  throw new Error(`The server did not start. It said:\n${output()}`);
}

/** A port that is free now, for a server that must come back on the same one. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}
