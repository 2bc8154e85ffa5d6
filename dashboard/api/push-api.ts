import { z } from 'zod';

import { PushKey, type PushSubscriptionInput } from '../../gateway/protocol/duty/push.ts';
import { request } from './request.ts';

/** The key that the push service knows the gateway by. */
export async function fetchPushKey(): Promise<string> {
  return (await request(PushKey, '/push/key')).publicKey;
}

/** From now on the reader is told there. */
export async function savePush(body: PushSubscriptionInput): Promise<void> {
  await request(z.unknown(), '/push/subscription', { method: 'PUT', body });
}

export async function endPush(endpoint: string): Promise<void> {
  await request(z.unknown(), '/push/subscription', { method: 'DELETE', body: { endpoint } });
}
