import { timingSafeEqual } from 'node:crypto';

import type { Directory } from '../domain/directory.ts';
import { hashSecret } from './onboarding.ts';

/** Whether it is a secret of this device. Secrets are random, so one fast hash is enough; see `onboarding`. */
export async function verifyDevice(
  directory: Pick<Directory, 'credentials'>,
  deviceId: string,
  secret: Buffer,
  at: number,
): Promise<boolean> {
  const given = hashSecret(secret);
  const known = await directory.credentials(deviceId);
  return known.some(
    ({ kind, hash, expiresAt }) =>
      kind === 'secret' && (expiresAt === null || at < expiresAt) && timingSafeEqual(hash, given),
  );
}
