/** What the broker did and why, for metrics and logs; never a payload or a password. */
export type BrokerNotice =
  | { kind: 'connection-refused'; reason: 'too-many-connections'; address: string }
  | { kind: 'login-refused'; reason: LoginRefusal; deviceId: string; address: string }
  | { kind: 'protocol-violation'; deviceId: string | null; address: string; clause: string }
  | { kind: 'oversize'; deviceId: string | null; address: string; bytes: number }
  | { kind: 'throttled'; deviceId: string; by: 'rate' | 'in-flight' }
  | { kind: 'keep-alive-capped'; deviceId: string; askedSeconds: number; seconds: number }
  | { kind: 'silent'; deviceId: string | null; seconds: number }
  | { kind: 'message-refused'; deviceId: string; reason: string }
  | { kind: 'subscription-refused'; deviceId: string }
  | { kind: 'not-stored'; deviceId: string; cause: unknown }
  | { kind: 'too-slow'; deviceId: string; unsentBytes: number }
  | { kind: 'downlink-dropped'; deviceId: string; reason: 'queue-full' | 'expired' }
  | { kind: 'connection-error'; deviceId: string | null; address: string; cause: unknown }
  | { kind: 'listener-error'; cause: unknown };

/** Why what a device proves itself by is not believed. */
export type ProofRefusal =
  | 'bad-credentials'
  | 'certificate-self-signed'
  | 'certificate-unknown-authority'
  | 'certificate-not-yet-valid'
  | 'certificate-expired'
  | 'certificate-wrong-purpose'
  | 'certificate-of-another-device'
  | 'certificate-not-on-record'
  | 'certificate-revoked';

/** Why a CONNECT was answered with a refusal. */
export type LoginRefusal =
  | ProofRefusal
  | 'bad-client-id'
  | 'user-name-differs'
  | 'no-password'
  | 'not-encrypted'
  | 'too-many-refusals'
  | 'verify-failed';
