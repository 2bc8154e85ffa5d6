import type { ChildProcess } from 'node:child_process';

/** Waits until a program has printed something; rejects with all it said when it ends before. */
export function firstOutput(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
    const found = pattern.exec(said);
    if (found !== null) resolve(found);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  child.once('close', (code) => reject(new Error(`It ended with ${code} and said: ${said}`)));
  return promise;
}
