import { createHash } from 'node:crypto';

/** An id of 22 characters that is the same for the same parts, in the same order, for ever; for sources that give none. */
export function eventId(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
