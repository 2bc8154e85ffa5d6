import { z } from 'zod';

import { profiles, type ProfileId } from '../profile.ts';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });
const Id = z.string().min(1).max(64);

/** One proof by which a device may sign in. Its value is never shown again. */
export const CredentialView = z
  .object({
    id: z.string(),
    kind: z.enum(['secret', 'certificate']),
    /** Serial number of a certificate, in capital hexadecimal; null for a secret. */
    serial: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
    revokedWhy: z.string().nullable(),
  })
  .meta({ id: 'Credential' });
export type CredentialView = z.infer<typeof CredentialView>;

/** GET /devices/{id}/credentials, newest first. */
export const CredentialList = z
  .object({ items: z.array(CredentialView) })
  .meta({ id: 'CredentialList' });
export type CredentialList = z.infer<typeof CredentialList>;

/** POST /devices/{id}/secret: a new one, shown this once. The one in use holds until it is first used. */
export const NewSecret = z
  .object({
    deviceId: z.string(),
    secret: z.string(),
    /** When secrets cease to hold that were made before and never used; null: there are none. */
    othersUntil: instant.nullable(),
    mqttUrl: z.string(),
  })
  .meta({ id: 'NewSecret' });
export type NewSecret = z.infer<typeof NewSecret>;

/** POST /devices/{id}/certificate: without a request (PKCS#10, PEM) the key is made here and shown this once. */
export const CertificateInput = z.strictObject({ request: z.string().max(8_192).optional() });
export type CertificateInput = z.infer<typeof CertificateInput>;
export const NewCertificate = z
  .object({
    deviceId: z.string(),
    serial: z.string(),
    expiresAt: instant,
    certificate: z.string(),
    /** PEM; null when the device made its own. */
    key: z.string().nullable(),
    authority: z.string(),
  })
  .meta({ id: 'NewCertificate' });
export type NewCertificate = z.infer<typeof NewCertificate>;

/** POST /devices/{id}/credentials/{credentialId}/revocation, POST /devices/{id}/decommission */
export const Why = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** What POST /devices/{id}/decommission answers, also when it was so already. */
export const Decommissioned = z
  .object({ deviceId: z.string(), decommissionedAt: instant })
  .meta({ id: 'Decommissioned' });
export type Decommissioned = z.infer<typeof Decommissioned>;

/** The municipality's own certificate authority. GET /authority; POST /authority makes one where there is none. */
export const AuthorityView = z
  .object({
    certificate: z.string(),
    fingerprint: z.string(),
    createdAt: instant,
    expiresAt: instant,
    revoked: z.number(),
  })
  .meta({ id: 'Authority' });
export type AuthorityView = z.infer<typeof AuthorityView>;

/** POST /provisioning-keys: a key with which so many devices may fetch their own secrets until then. */
export const ProvisioningKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  profile: z.enum(Object.keys(profiles) as [ProfileId, ...ProfileId[]]),
  /** A shipped model, by its id. */
  modelId: z.string().max(80).optional(),
  uses: z.number().int().min(1).max(10_000),
  /** At most 90 days ahead. */
  expiresAt: instant,
});
export type ProvisioningKeyInput = z.infer<typeof ProvisioningKeyInput>;

export const ProvisioningKeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    profile: z.string(),
    modelId: z.string().nullable(),
    uses: z.number(),
    used: z.number(),
    expiresAt: instant,
    createdAt: instant,
    revokedAt: instant.nullable(),
    by: z.object({ id: z.string(), name: z.string() }),
  })
  .meta({ id: 'ProvisioningKey' });
export type ProvisioningKeyView = z.infer<typeof ProvisioningKeyView>;
export const ProvisioningKeyList = z
  .object({ items: z.array(ProvisioningKeyView) })
  .meta({ id: 'ProvisioningKeyList' });
export type ProvisioningKeyList = z.infer<typeof ProvisioningKeyList>;
/** The key itself is shown this once. */
export const NewProvisioningKey = ProvisioningKeyView.extend({ key: z.string() }).meta({
  id: 'NewProvisioningKey',
});
export type NewProvisioningKey = z.infer<typeof NewProvisioningKey>;

/** POST /provisioning, by a device and not by a person. */
export const ProvisioningRequest = z.strictObject({
  key: z.string().min(20).max(128),
  /** The maker's own, printed on the device; one device for ever. */
  serial: z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/),
});
export type ProvisioningRequest = z.infer<typeof ProvisioningRequest>;
export const Provisioned = z
  .object({ deviceId: z.string(), secret: z.string(), mqttUrl: z.string() })
  .meta({ id: 'Provisioned' });
export type Provisioned = z.infer<typeof Provisioned>;

/** PUT /devices/{id}/reprovisioning: after a factory reset it may fetch a new secret, once, within the hour. */
export const Reprovisioning = z
  .object({ deviceId: Id, until: instant })
  .meta({ id: 'Reprovisioning' });
export type Reprovisioning = z.infer<typeof Reprovisioning>;
