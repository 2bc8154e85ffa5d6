import type { DeviceProfile } from '../../protocol/device/device-profile.ts';
import { silentAfterMs } from '../../protocol/profile.ts';

/** What is known of a device in use, from which its faults follow. */
export interface DeviceFacts {
  id: string;
  name: string;
  /** Its kind, as rules call it. */
  profile: string;
  model: DeviceProfile | null;
  /** A network server of LoRaWAN speaks for it. */
  isLongRange: boolean;
  placement: string | null;
  homeId: string | null;
  homeLabel: string | null;
  unitId: string | null;
  unitName: string | null;
  placedAt: number | null;
  connected: boolean;
  lastSeenAt: number | null;
  batteryPercent: number | null;
  rssiDbm: number | null;
  lqi: number | null;
  skewMs: number | null;
  firmware: string | null;
  /** Through what it speaks; null: by itself. */
  hub: HubFacts | null;
  /** Messages of the last seven days that were refused. */
  quarantined: number;
  /** It has said something that has no meaning here. */
  isPuzzling: boolean;
  /** It was put in its home by an installation that nobody has signed, and its trial is over. */
  isUnfinished: boolean;
}

export interface HubFacts {
  id: string;
  profile: string;
  connected: boolean;
  /** Whether it stays connected, and so its absence says something. */
  isSteady: boolean;
  lastSeenAt: number | null;
  /** Whether it reaches the device; null: it does not say. */
  reaches: boolean | null;
}

/** When it is called silent unless it is heard; null when it is not supervised, as while it is in no home. */
export function silentAtOf(device: DeviceFacts): number | null {
  const allowedMs = silentAfterMs(device.profile, device.model);
  if (allowedMs === null || device.homeId === null) return null;
  return Math.max(device.lastSeenAt ?? 0, device.placedAt ?? 0) + allowedMs;
}

/** A hub that is to stay connected is away when it is not; one that only sends, when it has not for too long. */
export function isHubGone(hub: HubFacts, now: number): boolean {
  if (hub.isSteady) return !hub.connected;
  const allowedMs = silentAfterMs(hub.profile);
  return allowedMs !== null && (hub.lastSeenAt ?? 0) + allowedMs <= now;
}
