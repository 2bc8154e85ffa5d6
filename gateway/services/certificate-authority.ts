import { createPublicKey, hash, randomBytes, webcrypto, X509Certificate } from 'node:crypto';

import type { Authority } from '../domain/credentials.ts';
import { AppError } from '../domain/errors.ts';
import { loadX509 } from './x509.ts';

const dayMs = 24 * 3_600_000;
const authorityMs = 3_653 * dayMs;
const deviceMs = 365 * dayMs;
/** How far behind us the clock of a device may be when it looks at what it was given. */
const backdatedMs = 300_000;
const listMs = 7 * dayMs;
const clientAuth = '1.3.6.1.5.5.7.3.2';
const crlNumber = '2.5.29.20';
const smallestRsaKey = 2_048;
const strongCurves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };

export interface IssuedCertificate {
  certificate: string;
  /** PKCS #8 in PEM; null when the device made its own. */
  key: string | null;
  /** In capital hexadecimal. */
  serial: string;
  /** SHA-256 of the certificate in DER. */
  hash: Buffer;
  expiresAt: number;
}

/** Makes the authority of a municipality (ECDSA P-256, ten years); it vouches for devices, and for no other authority. */
export async function createAuthority(municipalityId: string, at: number): Promise<Authority> {
  const x509 = await loadX509();
  const keys = await generateKeys();
  const expiresAt = seconds(at + authorityMs);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: newSerial(),
      name: [{ CN: [`Vaka ${municipalityId}`] }, { OU: [randomBytes(4).toString('hex')] }],
      notBefore: new Date(seconds(at - backdatedMs)),
      notAfter: new Date(expiresAt),
      signingAlgorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
          true,
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  const text = pem('CERTIFICATE', certificate.rawData);
  return {
    certificate: text,
    privateKey: await exportKey(keys.privateKey),
    fingerprint: new X509Certificate(text).fingerprint256,
    createdAt: at,
    expiresAt,
  };
}

/**
 * Vouches for a device for a year, and no longer than the authority itself holds. With a request (PKCS #10, PEM) it is
 * the key of the request, and nothing else that stands in it: AppError `invalid` when it cannot be used.
 */
export async function issueCertificate(
  authority: Authority,
  { deviceId, request, at }: { deviceId: string; request: string | undefined; at: number },
): Promise<IssuedCertificate> {
  const x509 = await loadX509();
  const keys = request === undefined ? await generateKeys() : null;
  const publicKey = keys?.publicKey ?? (await keyOf(request ?? ''));
  const issuer = new x509.X509Certificate(authority.certificate);
  const serialNumber = newSerial();
  const expiresAt = seconds(Math.min(at + deviceMs, authority.expiresAt));
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber,
      subject: [{ CN: [deviceId] }],
      issuer: issuer.subjectName,
      notBefore: new Date(seconds(at - backdatedMs)),
      notAfter: new Date(expiresAt),
      signingAlgorithm,
      publicKey,
      signingKey: await importKey(authority.privateKey),
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([clientAuth]),
        await x509.AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return {
    certificate: pem('CERTIFICATE', certificate.rawData),
    key: keys === null ? null : await exportKey(keys.privateKey),
    serial: serialNumber,
    hash: hash('sha256', Buffer.from(certificate.rawData), 'buffer'),
    expiresAt,
  };
}

/** Which of its certificates the authority no longer vouches for (X.509 CRL, PEM), said anew within a week. */
export async function createRevocationList(
  authority: Authority,
  revoked: readonly { serial: string; at: number }[],
  at: number,
): Promise<string> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.certificate);
  const entries = revoked.map((one) => ({
    serialNumber: one.serial,
    revocationDate: new Date(seconds(one.at)),
    reason: x509.X509CrlReason.privilegeWithdrawn,
  }));
  const list = await x509.X509CrlGenerator.create(
    {
      issuer: issuer.subjectName,
      thisUpdate: new Date(seconds(at)),
      nextUpdate: new Date(seconds(at + listMs)),
      signingAlgorithm,
      signingKey: await importKey(authority.privateKey),
      // An empty list is to be left out (RFC 5280, 5.1.2.6).
      ...(entries.length === 0 ? {} : { entries }),
      extensions: [
        new x509.Extension(crlNumber, false, derInteger(Math.floor(at / 1_000))),
        await x509.AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return pem('X509 CRL', list.rawData);
}

/** The key that a request proves to hold. */
async function keyOf(request: string): Promise<Uint8Array<ArrayBuffer>> {
  const x509 = await loadX509();
  let spki: ArrayBuffer;
  let isProven: boolean;
  try {
    const parsed = new x509.Pkcs10CertificateRequest(request);
    spki = parsed.publicKey.rawData;
    isProven = await parsed.verify(webcrypto);
  } catch (cause) {
    throw new AppError(
      'invalid',
      'Send the request as PKCS #10 in PEM, such as `openssl req -new` writes it.',
      { cause },
    );
  }
  if (!isProven) {
    throw new AppError('invalid', 'The request is not signed with its own key: make it anew.');
  }
  if (!isStrong(Buffer.from(spki))) {
    throw new AppError('invalid', 'Use a key of ECDSA P-256 or better, Ed25519, or RSA 2048.');
  }
  return new Uint8Array(spki);
}

function isStrong(spki: Buffer): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({
    key: spki,
    format: 'der',
    type: 'spki',
  });
  if (asymmetricKeyType === 'ed25519') return true;
  if (asymmetricKeyType === 'rsa') {
    return (asymmetricKeyDetails?.modulusLength ?? 0) >= smallestRsaKey;
  }
  return asymmetricKeyType === 'ec' && strongCurves.has(asymmetricKeyDetails?.namedCurve ?? '');
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function exportKey(key: CryptoKey): Promise<string> {
  return pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', key));
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Of a number that is not negative. */
function derInteger(value: number): Uint8Array<ArrayBuffer> {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const positive = (bytes[0] ?? 0) < 0x80 ? [...bytes] : [0, ...bytes];
  return Uint8Array.from([0x02, positive.length, ...positive]);
}

function importKey(text: string): Promise<CryptoKey> {
  const der = Buffer.from(text.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

/** 128 bits with a first one that keeps it positive and 16 bytes long (RFC 5280, 4.1.2.2). */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex').toUpperCase();
}

/** Certificates know whole seconds only. */
function seconds(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}
