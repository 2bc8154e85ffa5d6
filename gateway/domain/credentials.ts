import type { CredentialView } from '../protocol/device/identity.ts';

/** A device as far as it matters for what it proves itself by. */
export interface KnownDevice {
  id: string;
  municipalityId: string;
  serial: string | null;
  /** A hub speaks for it, so it never signs in itself. */
  isBehindHub: boolean;
  blockedAt: number | null;
  decommissionedAt: number | null;
}

/** A certificate authority; certificate and private key (PKCS #8) as PEM. The key is never shown or logged. */
export interface Authority {
  certificate: string;
  privateKey: string;
  /** SHA-256 of the certificate, in capital hexadecimal with colons. */
  fingerprint: string;
  createdAt: number;
  expiresAt: number;
}

export interface NewCredential {
  id: string;
  deviceId: string;
  municipalityId: string;
  /** SHA-256 of the secret, or of the certificate in DER. */
  hash: Buffer;
  at: number;
}

/** What is kept about a certificate. */
export interface CertificateRecord {
  id: string;
  deviceId: string;
  hash: Buffer;
  /** Revoked itself, or its device may sign in no more. */
  isRevoked: boolean;
}

/** What devices prove themselves by, as it is kept, and the authorities that vouch for them. */
export interface Credentials {
  device: (id: string) => Promise<KnownDevice | null>;
  /** Newest first, those that hold no longer too. */
  list: (deviceId: string) => Promise<readonly CredentialView[]>;
  /**
   * The secret that is in use holds until this one is used, however long that takes: a hub must not go blind because
   * somebody made a secret and did not enter it. Others hold until `othersUntil` at the latest; answers until when they do,
   * null: there are none.
   */
  addSecret: (secret: NewCredential, othersUntil: number) => Promise<number | null>;
  addCertificate: (
    certificate: NewCredential & { serial: string; expiresAt: number },
  ) => Promise<void>;
  /** Revokes the secrets that are older than this one, as it has come into use. */
  supersede: (deviceId: string, credentialId: string, at: number) => Promise<void>;
  /** Notes that they were used, for each at most once an hour. */
  used: (credentialIds: readonly string[], at: number) => Promise<void>;
  /** Null: the device has no such credential. What is revoked already stays as it is. */
  revoke: (
    deviceId: string,
    credentialId: string,
    why: string,
    at: number,
  ) => Promise<CredentialView | null>;
  /** Whose credentials have ceased to hold by themselves, after `since` and until `at`. */
  lapsed: (since: number, at: number) => Promise<readonly string[]>;
  /** By its serial number, in capital hexadecimal. */
  certificate: (serial: string) => Promise<CertificateRecord | null>;
  authority: (municipalityId: string) => Promise<Authority | null>;
  /** The authority of the municipality that the device belongs to. */
  authorityOf: (deviceId: string) => Promise<Authority | null>;
  /** False: the municipality has one already. */
  addAuthority: (municipalityId: string, authority: Authority) => Promise<boolean>;
  /** The revoked certificates of the municipality that have not expired at `at`. */
  revoked: (
    municipalityId: string,
    at: number,
  ) => Promise<readonly { serial: string; at: number }[]>;
}
