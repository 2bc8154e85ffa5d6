import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

import type { Config } from './config.ts';

type Files = NonNullable<Config['tls']>;

/** The certificate and the key that the configuration names, as PEM. */
export interface TlsPair {
  cert: Buffer;
  key: Buffer;
}

export async function readTls(tls: Files): Promise<TlsPair & { port: number }> {
  const [cert, key] = await Promise.all([readFile(tls.certFile), readFile(tls.keyFile)]);
  return { port: tls.port, cert, key };
}

export interface TlsWatchOptions {
  tls: Files;
  /** Told of each new pair; throws when it does not fit. */
  renewed: (pair: TlsPair, expiresAt: number) => void;
  /** Told once of each change that cannot be used; what was in use stays so. */
  failed: (error: unknown) => void;
  everyMs?: number;
}

/**
 * Looks every minute whether the files have changed, so that a renewed certificate is in use without a restart. By
 * their times and not by events: those get lost when a link or a whole folder is replaced, as ACME clients do.
 */
export async function watchTls(options: TlsWatchOptions): Promise<{
  look: () => Promise<void>;
  stop: () => void;
}> {
  const { tls, renewed, failed, everyMs = 60_000 } = options;
  let seen = await stampOf(tls);

  async function look(): Promise<void> {
    const stamp = await stampOf(tls);
    if (stamp === seen) return;
    seen = stamp;
    try {
      const pair = await readTls(tls);
      renewed(pair, new X509Certificate(pair.cert).validToDate.getTime());
    } catch (error) {
      // Half of a new pair may be there: the other half changes the stamp again.
      failed(error);
    }
  }

  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}

async function stampOf({ certFile, keyFile }: Files): Promise<string> {
  const stamps = [certFile, keyFile].map(async (file) => {
    const found = await stat(file).catch(() => null);
    return found === null ? 'missing' : `${found.ino} ${found.size} ${found.mtimeMs}`;
  });
  return (await Promise.all(stamps)).join('\n');
}
