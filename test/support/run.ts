import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Half of what a command takes is the reading of its own source. */
const compiled = join(root, 'node_modules/.cache/compile');

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface RunOptions {
  environment?: Readonly<Record<string, string>>;
  /** What it reads from its standard input; without it, the input ends at once. */
  input?: string;
  /** In a process group of its own, as a terminal gives it. */
  detached?: boolean;
}

/** Starts a program in the folder of the repository, with none of our own variables but those given. */
export function startProgram(
  program: string,
  words: readonly string[],
  { environment = {}, input = '', detached = false }: RunOptions = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('VAKA_'));
  const child = spawn(program, words, {
    cwd: root,
    detached,
    env: { ...Object.fromEntries(inherited), NODE_COMPILE_CACHE: compiled, ...environment },
    stdio: 'pipe',
  });
  child.stdin.on('error', () => {}).end(input);
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(
    ([given, out, err]) => ({ code: given, out, err }),
  );
  return { child, ended };
}

/** Runs a program to its end. */
export function runProgram(
  program: string,
  words: readonly string[],
  options?: RunOptions,
): Promise<Ended> {
  return startProgram(program, words, options).ended;
}

/** Runs one command of ours to its end. */
export function runVaka(words: readonly string[], options?: RunOptions): Promise<Ended> {
  return runProgram(process.execPath, ['gateway/main.ts', ...words], options);
}
