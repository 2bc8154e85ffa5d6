import type { Credentials } from '../domain/credentials.ts';

export interface CredentialWatchOptions {
  credentials: Pick<Credentials, 'used' | 'lapsed'>;
  clock: () => number;
  disconnect: (deviceId: string) => void;
  failed: (error: unknown) => void;
  everyMs?: number;
}

/** Looks after credentials while devices use them. */
export interface CredentialWatch {
  /** Remembered until the next round, so that a thousand log-ins at once are one write. */
  used: (credentialId: string) => void;
  start: () => void;
  /** Writes down what was used, and cuts off whose credentials have ceased to hold since the last round. */
  round: () => Promise<void>;
  stop: () => Promise<void>;
}

export function createCredentialWatch(options: CredentialWatchOptions): CredentialWatch {
  const { credentials, clock, disconnect, failed, everyMs = 60_000 } = options;
  let used = new Set<string>();
  let lookedAt = clock();
  let timer: NodeJS.Timeout | undefined;
  let going = Promise.resolve();

  async function lookOnce(): Promise<void> {
    const at = clock();
    const ids = [...used];
    used = new Set();
    try {
      if (ids.length > 0) await credentials.used(ids, at);
      // A device that has something else to sign in with comes back with that.
      for (const deviceId of await credentials.lapsed(lookedAt, at)) disconnect(deviceId);
      lookedAt = at;
    } catch (error) {
      for (const id of ids) used.add(id);
      failed(error);
    }
  }

  function round(): Promise<void> {
    going = going.then(lookOnce);
    return going;
  }

  return {
    used: (credentialId) => used.add(credentialId),
    start: () => {
      timer = setInterval(() => void round(), everyMs);
    },
    round,
    stop: async () => {
      clearInterval(timer);
      await round();
    },
  };
}
