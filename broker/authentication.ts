import type { AuthenticateError } from 'aedes';

import { deviceIdPattern } from '../gateway/protocol/topic.ts';
import type { Limits } from './limits.ts';
import type { LoginRefusal } from './notice.ts';
import { TokenBuckets } from './token-bucket.ts';

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
 * Decides who may connect. Guessing is slow: refusals wait for their answer, and an address with too many of them
 * is not listened to; save for a device that has connected from there, as homes share addresses.
 */
export function createAuthentication(
  verify: Verify,
  limits: Limits,
  now: () => number,
): (claim: Claim) => Promise<LoginRefusal | null> {
  const refusals = new TokenBuckets(limits.refusals);
  const lastAddress = new Map<string, string>();

  async function refused(claim: Claim, reason: LoginRefusal): Promise<LoginRefusal> {
    refusals.of(claim.address, now()).take();
    if (lastAddress.get(claim.clientId) === claim.address) lastAddress.delete(claim.clientId);
    await new Promise((resolve) => {
      setTimeout(resolve, limits.refusalDelayMs).unref();
    });
    return reason;
  }

  return async (claim) => {
    const { clientId, username, password, address } = claim;
    const isKnown = lastAddress.get(clientId) === address;
    if (!isKnown && refusals.of(address, now()).waitMs(now()) > 0) return 'too-many-refusals';
    if (!deviceIdPattern.test(clientId)) return refused(claim, 'bad-client-id');
    if (username !== clientId) return refused(claim, 'user-name-differs');
    if (password === undefined) return refused(claim, 'no-password');
    let isRight: boolean;
    try {
      isRight = await verify({ clientId, username, password });
    } catch {
      return 'verify-failed';
    }
    if (!isRight) return refused(claim, 'bad-credentials');
    lastAddress.set(clientId, address);
    return null;
  };
}

/** The refusal as aedes wants it, with the CONNACK return code [MQTT-3.2.2-4]. */
export function refusalError(reason: LoginRefusal): AuthenticateError {
  return Object.assign(new Error(reason), { returnCode: returnCodes[reason] });
}
