import type { Generated } from 'kysely';

import type { DialectName } from '../protocol/device/device-profile.ts';

/** The tables about equipment; see `tables.ts`. */
export interface DeviceTables {
  device: {
    id: string;
    municipality_id: string;
    name: string;
    profile: string;
    blocked_at: number | null;
    created_at: number;
    /** The hub that speaks for it, and its address there. */
    hub_id: Generated<string | null>;
    address: Generated<string | null>;
    serial: Generated<string | null>;
    /** A shipped model. */
    model_id: Generated<string | null>;
    /** JSON of a `DeviceProfile` that a hub described. */
    model: Generated<string | null>;
    /** Whether it stays connected, and so its absence says something. */
    is_steady: Generated<number>;
    replaces_id: Generated<string | null>;
    decommissioned_at: Generated<number | null>;
    decommissioned_why: Generated<string | null>;
    /** Since when the next thing it tells raises a test alarm. */
    armed_at: Generated<number | null>;
    provisioned_by: Generated<string | null>;
    reprovision_until: Generated<number | null>;
  };
  credential: {
    id: string;
    municipality_id: string;
    device_id: string;
    kind: 'secret' | 'certificate';
    /** SHA-256 of the secret, or of the certificate in DER. */
    hash: Uint8Array;
    serial: Generated<string | null>;
    created_at: number;
    expires_at: Generated<number | null>;
    last_used_at: Generated<number | null>;
    revoked_at: Generated<number | null>;
    revoked_why: Generated<string | null>;
  };
  authority: {
    municipality_id: string;
    certificate: string;
    private_key: string;
    fingerprint: string;
    created_at: number;
    expires_at: number;
  };
  provisioning_key: {
    id: string;
    municipality_id: string;
    name: string;
    hash: Uint8Array;
    profile: string;
    model_id: string | null;
    uses: number;
    used: Generated<number>;
    expires_at: number;
    created_at: number;
    by_id: string;
    revoked_at: Generated<number | null>;
  };
  found: {
    hub_id: string;
    address: string;
    municipality_id: string;
    dialect: DialectName;
    label: string;
    vendor: string | null;
    model: string | null;
    firmware: string | null;
    /** JSON of a `DeviceProfile`. */
    profile: string | null;
    first_seen_at: number;
    last_seen_at: number;
    messages: Generated<number>;
    last_type: string | null;
    battery_percent: number | null;
    lqi: number | null;
    rssi_dbm: number | null;
    gone_at: number | null;
  };
  dialect_memory: { hub_id: string; dialect: string; key: string; value: string };
  not_understood: {
    municipality_id: string;
    device_id: string;
    /** Behind the device; empty for the device itself. */
    address: string;
    what: string;
    example: string;
    count: number;
    first_at: number;
    last_at: number;
  };
  /** The lowest of each day; `day` counts from 1970-01-01 in UTC. */
  battery_day: { device_id: string; day: number; percent: number };
  installation: {
    id: string;
    municipality_id: string;
    home_id: string;
    device_id: string | null;
    by_id: string;
    state: 'open' | 'signed' | 'abandoned';
    body: string;
    started_at: number;
    changed_at: number;
  };
  device_status: {
    device_id: string;
    municipality_id: string;
    last_seen_at: number | null;
    connected: number;
    battery_percent: number | null;
    rssi_dbm: number | null;
    skew_ms: number | null;
    dropped_without_consent: number;
    lqi: Generated<number | null>;
    firmware: Generated<string | null>;
    is_reached: Generated<number | null>;
  };
  binding: {
    municipality_id: string;
    device_id: string;
    home_id: string;
    placement: string;
    from_at: number;
    until_at: number | null;
  };
  quarantine: {
    seq: Generated<number>;
    municipality_id: string;
    device_id: string;
    topic: string;
    reason: string;
    bytes: number;
    at: number;
    payload: Generated<string | null>;
  };
}
