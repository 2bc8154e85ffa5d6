import { hash } from 'node:crypto';

import type { AuthenticateError } from 'aedes';

import { deviceIdPattern } from '../gateway/protocol/topic.ts';
import type { Limits } from './limits.ts';
import type { LoginRefusal } from './notice.ts';
import { type TokenBucket, TokenBuckets } from './token-bucket.ts';

/** What a device sent to prove who it is. */
export interface Credentials {
  clientId: string;
  username: string;
  password: Buffer;
}

/** True: this client may connect. Rejects when it cannot be known now; the device is then to try again. */
export type Verify = (credentials: Credentials) => Promise<boolean>;

/** What came in CONNECT, before anything is believed. */
export interface Claim {
  clientId: string;
  username: string | undefined;
  password: Buffer | undefined;
  address: string;
}

const serverUnavailable = 3;

/** CONNACK return codes (MQTT 3.1.1 table 3.1). */
const returnCodes: Record<LoginRefusal, number> = {
  'bad-client-id': 2,
  'user-name-differs': 4,
  'no-password': 4,
  'bad-credentials': 5,
  'too-many-refusals': serverUnavailable,
  'verify-failed': serverUnavailable,
};

/**
 * Decides who may connect. Guessing is slow: refusals wait for their answer, and a client id with too many of them
 * from one address, or an address with far too many, is not listened to; save for a secret that was right the last
 * time, as devices share addresses and anybody may claim any id.
 */
export function createAuthentication(
  verify: Verify,
  limits: Limits,
  now: () => number,
): (claim: Claim) => Promise<LoginRefusal | null> {
  const ofAddress = new TokenBuckets(limits.addressRefusals);
  const ofClientId = new TokenBuckets(limits.refusals);
  const rightSecrets = new Map<string, string>();

  function bucketsOf({ address, clientId }: Claim): TokenBucket[] {
    const at = now();
    const shared = ofAddress.of(address, at);
    if (!deviceIdPattern.test(clientId)) return [shared];
    return [shared, ofClientId.of(`${address} ${clientId}`, at)];
  }

  async function refused(claim: Claim, reason: LoginRefusal): Promise<LoginRefusal> {
    for (const bucket of bucketsOf(claim)) bucket.take();
    await new Promise((resolve) => {
      setTimeout(resolve, limits.refusalDelayMs).unref();
    });
    return reason;
  }

  return async (claim) => {
    const { clientId, username, password } = claim;
    const secret = password && hash('sha256', password);
    const wasRight = secret !== undefined && rightSecrets.get(clientId) === secret;
    if (!wasRight && bucketsOf(claim).some((bucket) => bucket.waitMs(now()) > 0)) {
      return 'too-many-refusals';
    }
    if (!deviceIdPattern.test(clientId)) return refused(claim, 'bad-client-id');
    if (username !== clientId) return refused(claim, 'user-name-differs');
    if (password === undefined || secret === undefined) return refused(claim, 'no-password');
    let isRight: boolean;
    try {
      isRight = await verify({ clientId, username, password });
    } catch {
      return 'verify-failed';
    }
    if (isRight) {
      rightSecrets.set(clientId, secret);
      return null;
    }
    if (wasRight) rightSecrets.delete(clientId);
    return refused(claim, 'bad-credentials');
  };
}

/** The refusal as aedes wants it, with the CONNACK return code [MQTT-3.2.2-4]. */
export function refusalError(reason: LoginRefusal): AuthenticateError {
  return Object.assign(new Error(reason), { returnCode: returnCodes[reason] });
}
