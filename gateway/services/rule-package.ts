import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';

import canonicalize from 'canonicalize';

import { AppError } from '../domain/errors.ts';
import type { KeyPair } from '../domain/signing-key.ts';
import type { RulePackage } from '../protocol/rule/rule-api.ts';

/** A new Ed25519 pair (RFC 8032). */
export function createKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ format: 'jwk' }).x ?? '',
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

export function signPackage(
  content: Omit<RulePackage, 'signature'>,
  { publicKey, privateKey }: KeyPair,
): RulePackage {
  const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
  const value = sign(null, bytesOf(content), key).toString('base64url');
  return { ...content, signature: { algorithm: 'Ed25519', publicKey, value } };
}

/** @throws AppError `invalid` for a package that is not, to the letter, what was signed. */
export function verifyPackage({ signature, ...content }: RulePackage): void {
  if (!isSignedBy(signature, bytesOf(content))) {
    throw new AppError(
      'invalid',
      'These rules are not as they were signed: somebody changed the file, or it was damaged on its way. Ask for it again.',
    );
  }
}

/** SHA-256 of the key, in groups of four to be read aloud. */
export function fingerprintOf(publicKey: string): string {
  const hash = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex');
  return (hash.match(/.{4}/g) ?? []).join(' ');
}

function isSignedBy({ publicKey, value }: RulePackage['signature'], content: Buffer): boolean {
  // Other texts may stand for the same bytes; only the one that we would write counts.
  const isExact = (text: string) => Buffer.from(text, 'base64url').toString('base64url') === text;
  if (!isExact(publicKey) || !isExact(value)) return false;
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return verify(null, content, key, Buffer.from(value, 'base64url'));
  } catch {
    return false;
  }
}

/** Canonical JSON (RFC 8785). */
function bytesOf(content: Omit<RulePackage, 'signature'>): Buffer {
  const text = canonicalize(content);
  if (text === undefined) throw new Error('A package of rules has no canonical form.');
  return Buffer.from(text);
}
