import type {
  AuthorityView,
  CertificateInput,
  CredentialList,
  CredentialView,
  NewCertificate,
  NewProvisioningKey,
  NewSecret,
  Provisioned,
  ProvisioningKeyInput,
  ProvisioningKeyList,
  ProvisioningRequest,
  Reprovisioning,
} from '../protocol/device/identity.ts';
import type { Scope } from './scope.ts';

/**
 * Where technicians give devices what they prove themselves by, and take it back. A role that has no right to it is
 * AppError `forbidden`; a device, credential or key of another municipality is `not-found`; what cannot be done with a
 * device, such as with one that a hub speaks for, is `conflict`.
 */
export interface IdentityDesk {
  /** Also those that hold no longer. */
  credentials: (scope: Scope, deviceId: string) => Promise<CredentialList>;
  /** A new secret, shown this once. The one in use holds until this one is first used. */
  renewSecret: (scope: Scope, deviceId: string) => Promise<NewSecret>;
  /** A certificate for a year; `conflict` while the municipality has no authority. */
  issueCertificate: (
    scope: Scope,
    deviceId: string,
    input: CertificateInput,
  ) => Promise<NewCertificate>;
  /** It holds no more from now on, and the device's connections are cut. */
  revoke: (
    scope: Scope,
    deviceId: string,
    credentialId: string,
    reason: string,
  ) => Promise<CredentialView>;
  /** `not-found`, and who makes one, while there is none. */
  authority: (scope: Scope) => Promise<AuthorityView>;
  /** `conflict` when there is one. */
  makeAuthority: (scope: Scope) => Promise<AuthorityView>;
  /** X.509 CRL in PEM, as of now. */
  revocations: (scope: Scope) => Promise<string>;
  keys: (scope: Scope) => Promise<ProvisioningKeyList>;
  /** The key is shown this once. */
  addKey: (scope: Scope, input: ProvisioningKeyInput) => Promise<NewProvisioningKey>;
  revokeKey: (scope: Scope, id: string) => Promise<void>;
  /** Within the hour the device may fetch a new secret with its serial number, once, in place of all that it has. */
  allowAgain: (scope: Scope, deviceId: string) => Promise<Reprovisioning>;
}

/** Where devices of a fleet fetch their own secrets; nobody is signed in there. */
export interface ProvisioningDesk {
  /**
   * A key that is of no use is `unauthenticated`, whatever is wrong with it; a serial number that has been there is
   * `conflict` until a technician has said that it may come again.
   */
  provision: (request: ProvisioningRequest) => Promise<Provisioned>;
}
