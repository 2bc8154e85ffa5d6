import { timingSafeEqual } from 'node:crypto';

import type { Directory } from '../domain/directory.ts';
import { hashSecret } from './onboarding.ts';

/** Whether it is this device's secret. The secret is random, so one fast hash is enough; see `onboarding`. */
export async function verifyDevice(
  directory: Directory,
  deviceId: string,
  secret: Buffer,
): Promise<boolean> {
  const expected = await directory.credential(deviceId);
  const given = hashSecret(secret);
  return expected !== null && timingSafeEqual(expected, given);
}
