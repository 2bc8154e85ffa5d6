import { readFile } from 'node:fs/promises';

import type { Config } from './config.ts';

/** The certificate and the key that the configuration names. */
export async function readTls(tls: NonNullable<Config['tls']>) {
  const [cert, key] = await Promise.all([readFile(tls.certFile), readFile(tls.keyFile)]);
  return { port: tls.port, cert, key };
}
