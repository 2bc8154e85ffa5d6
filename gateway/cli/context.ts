import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { type Config, readConfig } from '../config.ts';
import type { Store } from '../domain/store.ts';
import { createOnboarding, type Onboarding } from '../services/onboarding.ts';
import { createSignIn, type SignInService } from '../services/sign-in.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';

/** What a command may use of the process it runs in. */
export interface CommandContext {
  environment: Readonly<Record<string, string | undefined>>;
  print: (text: string) => void;
  /** Tells people what is odd without mixing it into what is printed; absent where nobody reads it. */
  warn?: (text: string) => void;
  /** Shows how far work has come in place of what it showed before; absent where nobody watches. */
  progress?: (text: string) => void;
  /** What somebody pipes in, or null when nobody does. */
  readInput: () => Promise<string | null>;
  /** Aborts when the process is asked to end. */
  signal: AbortSignal;
}

export interface Tools {
  config: Config;
  store: Store;
  onboarding: Onboarding;
  signIn: SignInService;
}

/** Opens the database of the data directory for one piece of work, also beside a running server. */
export async function withTools<T>(
  { environment }: Pick<CommandContext, 'environment'>,
  work: (tools: Tools) => Promise<T>,
): Promise<T> {
  const config = readConfig(environment);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const store = await openSqliteStore(join(config.dataDir, 'vaka.db'));
  try {
    return await work({ config, store, ...createTools(store) });
  } finally {
    await store.close();
  }
}

export function createTools(store: Store): Pick<Tools, 'onboarding' | 'signIn'> {
  const clock = Date.now;
  return {
    onboarding: createOnboarding({ registry: store.registry, clock, random: randomBytes }),
    signIn: createSignIn({ accounts: store.accounts, clock, random: randomBytes }),
  };
}

/** The address a person opens to sign in, once. The token stands behind `#`, so that no server log holds it. */
export function signInUrl(publicUrl: string, token: string): string {
  return `${publicUrl.replace(/\/$/, '')}/sign-in#token=${token}`;
}
