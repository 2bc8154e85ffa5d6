import { hash, timingSafeEqual, X509Certificate } from 'node:crypto';

import type { Authority, Credentials } from '../domain/credentials.ts';
import type { Credential, Directory } from '../domain/directory.ts';
import { hashSecret } from './onboarding.ts';

/** What a device proves itself by. */
export type DeviceProof = { password: Buffer } | { certificate: X509Certificate };

/** Why it is not believed. */
export type DeviceRefusal =
  | 'bad-credentials'
  | 'certificate-self-signed'
  | 'certificate-unknown-authority'
  | 'certificate-not-yet-valid'
  | 'certificate-expired'
  | 'certificate-wrong-purpose'
  | 'certificate-of-another-device'
  | 'certificate-not-on-record'
  | 'certificate-revoked';

export interface DeviceVerifierOptions {
  directory: Pick<Directory, 'credentials'>;
  credentials: Pick<Credentials, 'supersede' | 'certificate' | 'authorityOf'>;
  clock: () => number;
  /** Told which credential was used, at each log-in. */
  used: (credentialId: string) => void;
}

/** Null: it is this device. */
export type VerifyDevice = (deviceId: string, proof: DeviceProof) => Promise<DeviceRefusal | null>;

const clientAuth = '1.3.6.1.5.5.7.3.2';
const authoritiesKept = 1_000;

/** Judges what devices prove themselves by. Secrets are random, so one fast hash of them is enough; see `onboarding`. */
export function createDeviceVerifier(options: DeviceVerifierOptions): VerifyDevice {
  const { directory, credentials, clock, used } = options;
  const authorities = new Map<string, X509Certificate>();

  function parsed({ certificate }: Authority): X509Certificate {
    const known = authorities.get(certificate);
    if (known !== undefined) return known;
    if (authorities.size >= authoritiesKept) authorities.clear();
    const authority = new X509Certificate(certificate);
    authorities.set(certificate, authority);
    return authority;
  }

  async function judgeSecret(deviceId: string, secret: Buffer): Promise<DeviceRefusal | null> {
    const given = hashSecret(secret);
    const at = clock();
    const known = (await directory.credentials(deviceId)).filter(({ kind }) => kind === 'secret');
    const right = known.find((one) => holds(one, at) && timingSafeEqual(one.hash, given));
    if (right === undefined) return 'bad-credentials';
    // Now that the device has it, what came before need hold no longer.
    if (known.some(({ createdAt }) => createdAt < right.createdAt)) {
      await credentials.supersede(deviceId, right.id, at);
    }
    used(right.id);
    return null;
  }

  async function judgeCertificate(
    deviceId: string,
    certificate: X509Certificate,
  ): Promise<DeviceRefusal | null> {
    const authority = await credentials.authorityOf(deviceId);
    const refusal = refusalOf(
      certificate,
      authority === null ? null : parsed(authority),
      deviceId,
      clock(),
    );
    if (refusal !== null) return refusal;
    const record = await credentials.certificate(certificate.serialNumber);
    if (record === null || !record.hash.equals(hash('sha256', certificate.raw, 'buffer'))) {
      return 'certificate-not-on-record';
    }
    if (record.deviceId !== deviceId) return 'certificate-of-another-device';
    if (record.isRevoked) return 'certificate-revoked';
    used(record.id);
    return null;
  }

  return (deviceId, proof) =>
    'certificate' in proof
      ? judgeCertificate(deviceId, proof.certificate)
      : judgeSecret(deviceId, proof.password);
}

function holds({ expiresAt }: Credential, at: number): boolean {
  return expiresAt === null || at < expiresAt;
}

/** What the certificate itself says against it, before anybody looks up what became of it. */
function refusalOf(
  certificate: X509Certificate,
  authority: X509Certificate | null,
  deviceId: string,
  at: number,
): DeviceRefusal | null {
  if (authority === null || !isIssuedBy(certificate, authority)) {
    return isIssuedBy(certificate, certificate)
      ? 'certificate-self-signed'
      : 'certificate-unknown-authority';
  }
  if (at < certificate.validFromDate.getTime()) return 'certificate-not-yet-valid';
  if (at >= certificate.validToDate.getTime() || at >= authority.validToDate.getTime()) {
    return 'certificate-expired';
  }
  if (certificate.ca || !certificate.keyUsage?.includes(clientAuth)) {
    return 'certificate-wrong-purpose';
  }
  // We put nothing else into a name, and a longer one could pass for another's.
  return certificate.subject === `CN=${deviceId}` ? null : 'certificate-of-another-device';
}

function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  try {
    return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  } catch {
    // A key of a kind that OpenSSL does not know, or does not trust any more.
    return false;
  }
}
