import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A piece of work in a process of its own. */
export interface Task<Ready, Result> {
  pid: number;
  ready: Ready;
  /** Asks it to come to an end, and answers what it found. */
  finish: () => Promise<Result>;
  /** What it finds when it ends by itself. */
  result: Promise<Result>;
}

type FromTask<Ready, Result> = { ready: Ready } | { result: Result } | { failed: string };

const endsWithinMs = 15_000;

/** Starts the module, which must `offerTask`, with these options. Resolves when it is ready. */
export async function startTask<Ready, Result>(
  module: string,
  options: unknown,
  nodeArguments: readonly string[] = [],
): Promise<Task<Ready, Result>> {
  const child = fork(new URL(module, import.meta.url), {
    serialization: 'advanced',
    execArgv: [...nodeArguments],
  });
  const ready = Promise.withResolvers<Ready>();
  const result = Promise.withResolvers<Result>();
  const end = () => child.kill('SIGKILL');
  const fail = (reason: string) => {
    ready.reject(new Error(`${module}: ${reason}`));
    result.reject(new Error(`${module}: ${reason}`));
  };
  process.once('exit', end);
  child.on('message', (message) => {
    const told = message as FromTask<Ready, Result>;
    if ('ready' in told) ready.resolve(told.ready);
    else if ('result' in told) result.resolve(told.result);
    else fail(told.failed);
  });
  child.on('exit', () => {
    process.off('exit', end);
    fail('it ended before its time.');
  });
  result.promise.catch(() => {});
  child.send(options as object);

  return {
    pid: child.pid ?? 0,
    ready: await ready.promise,
    result: result.promise,
    finish: async () => {
      const insist = setTimeout(end, endsWithinMs);
      if (child.connected) child.send('finish');
      const found = await result.promise.finally(() => clearTimeout(insist));
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return found;
    },
  };
}

/** Does the work that the parent process asks for, and ends when it says so, or when it has gone. */
export function offerTask<Options, Ready, Result>(
  work: (
    options: Options,
    told: { ready: (value: Ready) => void; signal: AbortSignal },
  ) => Promise<Result>,
): void {
  const ending = new AbortController();
  const tell = (message: FromTask<Ready, Result>) =>
    new Promise<void>((resolve) => {
      process.send?.(message, () => resolve());
    });
  process.on('disconnect', () => process.exit());
  process.once('message', (options) => {
    process.on('message', () => ending.abort());
    work(options as Options, {
      ready: (value) => void tell({ ready: value }),
      signal: ending.signal,
    }).then(
      async (result) => {
        await tell({ result });
        if (ending.signal.aborted) process.disconnect?.();
        else ending.signal.addEventListener('abort', () => process.disconnect?.());
      },
      (error: unknown) =>
        tell({ failed: error instanceof Error ? String(error.stack) : String(error) }),
    );
  });
}
