import { z } from 'zod';

import { Me, type SignIn } from '../../gateway/protocol/api.ts';
import { request } from './request.ts';

export function fetchMe(signal: AbortSignal): Promise<Me> {
  return request(Me, '/me', { signal });
}

export function signIn(body: SignIn): Promise<Me> {
  return request(Me, '/session', { method: 'POST', body });
}

export async function signOut(): Promise<void> {
  await request(z.unknown(), '/session', { method: 'DELETE' });
}
