import type { Generated } from 'kysely';

import type { Purpose } from '../domain/consent.ts';
import type { ChannelName, Fate, NotificationKind } from '../domain/notification/notification.ts';
import type { Queue, Severity } from '../protocol/alert.ts';
import type { Role } from '../protocol/api.ts';
import type { DeviceTables } from './device-tables.ts';

/** Instants are epoch milliseconds; JSON is text; what belongs to a municipality carries its id. */
export interface Tables extends DeviceTables {
  municipality: { id: string; name: string; time_zone: string; created_at: number };
  unit: {
    id: string;
    municipality_id: string;
    name: string;
    created_at: number;
    kind: Generated<'team' | 'alarm-centre'>;
    duty: Generated<'check-in' | 'always'>;
    endpoint_id: Generated<string | null>;
  };
  unit_service: { unit_id: string; municipality_id: string };
  arrangement: {
    municipality_id: string;
    kind: string;
    subject_id: string;
    version: number;
    body: string;
    author_id: string;
    at: number;
    reason: string;
  };
  /** Another one whenever something has changed that `Arrangements` is made of. */
  arrangement_stamp: { id: number; stamp: number };
  duty: {
    id: string;
    municipality_id: string;
    person_id: string;
    unit_id: string | null;
    from_at: number;
    until_at: number;
    by_id: string;
    ended_at: number | null;
  };
  hold: {
    id: string;
    municipality_id: string;
    kind: 'silence' | 'pause' | 'test';
    home_id: string | null;
    /** JSON. */
    matchers: string | null;
    from_at: number;
    until_at: number;
    reason: string;
    by_id: string;
    ended_at: number | null;
    ended_by: string | null;
  };
  endpoint: {
    id: string;
    municipality_id: string;
    name: string;
    url: string;
    secret: string;
    created_at: number;
    disabled_at: number | null;
    disabled_why: string | null;
  };
  push_subscription: {
    endpoint: string;
    municipality_id: string;
    person_id: string;
    p256dh: string;
    auth: string;
    created_at: number;
  };
  vapid_key: { id: number; public_key: string; private_key: string };
  outbox: {
    id: string;
    municipality_id: string;
    alert_id: string;
    asking: number;
    /** The place of its severity, most urgent first. */
    urgency: number;
    kind: NotificationKind;
    channel: ChannelName;
    target: string;
    at: number;
    due_at: number;
    attempts: number;
    /** When the last attempt ended, if there was any. */
    tried_at: number | null;
    fate: Fate | null;
    settled_at: number | null;
    why: string | null;
  };
  pulse: { id: number; at: number };
  home: {
    id: string;
    municipality_id: string;
    unit_id: string;
    label: string;
    time_zone: string;
    created_at: number;
  };
  home_state: { home_id: string; municipality_id: string; state: string; due_at: number | null };
  resident: {
    id: string;
    municipality_id: string;
    home_id: string;
    name: string;
    cohabitant: number;
    /** JSON of a list. */
    flags: Generated<string>;
  };
  consent: {
    municipality_id: string;
    resident_id: string;
    purpose: Purpose;
    from_at: number;
    until_at: number | null;
  };
  event: {
    seq: Generated<number>;
    municipality_id: string;
    home_id: string | null;
    device_id: string | null;
    id: string;
    type: string;
    at: number;
    received_at: number;
    data: string;
    skew_ms: number | null;
  };
  alert: {
    id: string;
    municipality_id: string;
    /** The unit that answers for it now. */
    unit_id: string | null;
    home_id: string | null;
    home_unit_id: string | null;
    device_id: string | null;
    need: string;
    queue: Queue;
    severity: Severity;
    state: string;
    by_id: string | null;
    due_at: number | null;
    raised_at: number;
    seq: number;
    body: string;
  };
  /** Who has been asked, and until when they may see it; null: while it is live, and afterwards. */
  alert_asked: {
    alert_id: string;
    kind: 'unit' | 'person' | 'everyone';
    ref: string;
    until_at: number | null;
  };
  alert_event: {
    seq: Generated<number>;
    municipality_id: string;
    alert_id: string;
    type: string;
    at: number;
    body: string;
  };
  person: {
    id: string;
    municipality_id: string;
    email: string;
    name: string;
    role: Role;
    all_units: number;
    password_hash: string | null;
    created_at: number;
  };
  person_unit: { municipality_id: string; person_id: string; unit_id: string };
  session: {
    token_hash: Uint8Array;
    municipality_id: string;
    person_id: string;
    created_at: number;
    expires_at: number;
  };
  sign_in_link: {
    token_hash: Uint8Array;
    municipality_id: string;
    person_id: string;
    created_at: number;
    expires_at: number;
    used_at: number | null;
  };
  access_log: {
    seq: Generated<number>;
    municipality_id: string;
    person_id: string;
    action: string;
    subject_id: string | null;
    at: number;
  };
  rule_version: {
    municipality_id: string;
    rule_id: string;
    version: number;
    is_on: number;
    source: string;
    author_id: string | null;
    at: number;
    reason: string;
    origin: string | null;
  };
  rule_override: {
    seq: Generated<number>;
    municipality_id: string;
    home_id: string;
    rule_id: string;
    override: string | null;
    author_id: string;
    at: number;
    reason: string;
  };
  rule_stamp: { municipality_id: string; stamp: number };
  signing_key: {
    municipality_id: string;
    public_key: string;
    private_key: Uint8Array;
    created_at: number;
  };
  /** What the gateway measured of itself; `vals` is JSON. */
  system_sample: { seq: Generated<number>; at: number; vals: string };
  /** Municipalities that share the cost of the service, and show each other what they use of it. */
  cost_agreement: { municipality_id: string; joined_at: number };
  known_key: { municipality_id: string; public_key: string; name: string; at: number };
}
