import { hash, type X509Certificate } from 'node:crypto';

import type { AuthenticateError } from 'aedes';

import { deviceIdPattern } from '../gateway/protocol/topic.ts';
import type { Limits } from './limits.ts';
import type { LoginRefusal, ProofRefusal } from './notice.ts';
import { type TokenBucket, TokenBuckets } from './token-bucket.ts';

/** What a device proves who it is by: one thing, and of a certificate it has proved that it holds the key. */
export type Proof = { password: Buffer } | { certificate: X509Certificate };

/** Null: this client may connect. Rejects when it cannot be known now; the device is then to try again. */
export type Verify = (clientId: string, proof: Proof) => Promise<ProofRefusal | null>;

/** What came in CONNECT, before anything is believed. */
export interface Claim {
  clientId: string;
  username: string | undefined;
  password: Buffer | undefined;
  address: string;
  /** What it says can be read by others on the way, and that is not allowed. */
  isExposed: boolean;
  certificate: X509Certificate | null;
}

const serverUnavailable = 3;

/** CONNACK return codes (MQTT 3.1.1 table 3.1). */
const returnCodes: Record<LoginRefusal, number> = {
  'bad-client-id': 2,
  'user-name-differs': 4,
  'no-password': 4,
  'bad-credentials': 5,
  'certificate-self-signed': 5,
  'certificate-unknown-authority': 5,
  'certificate-not-yet-valid': 5,
  'certificate-expired': 5,
  'certificate-wrong-purpose': 5,
  'certificate-of-another-device': 5,
  'certificate-not-on-record': 5,
  'certificate-revoked': 5,
  'not-encrypted': 5,
  'too-many-refusals': serverUnavailable,
  'verify-failed': serverUnavailable,
};

/**
 * Decides who may connect. Guessing is slow: refusals wait for their answer, and a client id with too many of them
 * from one address, or an address with far too many, is not listened to; save for a proof that was right the last
 * time, as devices share addresses and anybody may claim any id. Who shows a certificate is judged by it alone.
 */
export function createAuthentication(
  verify: Verify,
  limits: Limits,
  now: () => number,
): (claim: Claim) => Promise<LoginRefusal | null> {
  const ofAddress = new TokenBuckets(limits.addressRefusals);
  const ofClientId = new TokenBuckets(limits.refusals);
  const rightProofs = new Map<string, string>();

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
    const { clientId } = claim;
    const proof = proofOf(claim);
    const digest = proof === null ? null : digestOf(proof);
    const wasRight = digest !== null && rightProofs.get(clientId) === digest;
    if (!wasRight && bucketsOf(claim).some((bucket) => bucket.waitMs(now()) > 0)) {
      return 'too-many-refusals';
    }
    const malformed = malformationOf(claim);
    if (malformed !== null) return refused(claim, malformed);
    if (proof === null || digest === null) return refused(claim, 'no-password');
    let refusal: LoginRefusal | null;
    try {
      refusal = await verify(clientId, proof);
    } catch {
      return 'verify-failed';
    }
    if (refusal === null) {
      rightProofs.set(clientId, digest);
      return null;
    }
    if (wasRight) rightProofs.delete(clientId);
    return refused(claim, refusal);
  };
}

/** What is wrong whatever it is proved by; a certificate names the device, so a user name need not. */
function malformationOf(claim: Claim): LoginRefusal | null {
  const { clientId, username, certificate, isExposed } = claim;
  if (!deviceIdPattern.test(clientId)) return 'bad-client-id';
  if (isExposed) return 'not-encrypted';
  const isNamed = username === clientId || (username === undefined && certificate !== null);
  return isNamed ? null : 'user-name-differs';
}

function proofOf({ certificate, password }: Claim): Proof | null {
  if (certificate !== null) return { certificate };
  return password === undefined ? null : { password };
}

function digestOf(proof: Proof): string {
  return hash('sha256', 'certificate' in proof ? proof.certificate.raw : proof.password);
}

/** The refusal as aedes wants it, with the CONNACK return code [MQTT-3.2.2-4]. */
export function refusalError(reason: LoginRefusal): AuthenticateError {
  return Object.assign(new Error(reason), { returnCode: returnCodes[reason] });
}
