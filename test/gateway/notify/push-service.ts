import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';

import { decrypt } from 'http_ece';

import type { PushSubscription } from '../../../gateway/domain/duty/staffing.ts';
import { PushMessage } from '../../../gateway/protocol/duty/push.ts';
import { openReceiver, type Received } from './receiver.ts';

/** A push service, and the browsers that are subscribed to it; it keeps their keys as a browser does. */
export async function openPushService() {
  const receiver = await openReceiver();

  function subscribe(personId: string) {
    const browser = createECDH('prime256v1');
    browser.generateKeys();
    const authSecret = randomBytes(16);
    const path = `/push/${randomBytes(8).toString('hex')}`;
    const subscription: PushSubscription = {
      endpoint: receiver.url + path,
      keys: {
        p256dh: browser.getPublicKey('base64url'),
        auth: authSecret.toString('base64url'),
      },
      municipalityId: 'norr',
      personId,
      at: 0,
    };
    return {
      subscription,
      path,
      /** What the browser makes of what came for it. */
      read: (received: Received | undefined): PushMessage => {
        const body = received?.body ?? Buffer.alloc(0);
        const plain = decrypt(body, { version: 'aes128gcm', privateKey: browser, authSecret });
        return PushMessage.parse(JSON.parse(plain.toString('utf8')));
      },
    };
  }

  return { ...receiver, subscribe };
}

/** Checks who sent it (RFC 8292) against the public key that browsers were given; answers what the token claims. */
export function verifyVapid(
  received: Received | undefined,
  publicKey: string,
): Record<string, unknown> {
  const [, token = '', key = ''] =
    /^vapid t=([^,]+), ?k=(.+)$/.exec(received?.headers.authorization ?? '') ?? [];
  if (key !== publicKey) throw new Error('Another key than the one that was subscribed with.');
  const [header = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) throw new Error('The signature does not fit.');
  const parse = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  if (parse(header)['alg'] !== 'ES256') throw new Error('Only ES256 is known.');
  return parse(claims);
}
