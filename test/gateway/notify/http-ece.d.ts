declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  /** Undoes the encryption of RFC 8188, with the keys of RFC 8291. */
  export function decrypt(
    body: Buffer,
    parameters: { version: 'aes128gcm'; privateKey: ECDH; authSecret: Buffer },
  ): Buffer;
}
