import type { DeviceFacts, HubFacts } from '../../../../gateway/domain/fleet/device-facts.ts';
import { presentDevice } from '../../../../gateway/domain/fleet/present.ts';
import { type Visitable } from '../../../../gateway/domain/fleet/visit.ts';
import { DeviceProfile } from '../../../../gateway/protocol/device/device-profile.ts';

export const now = Date.parse('2026-11-22T12:00:00Z');
export const minute = 60_000;
export const day = 24 * 60 * minute;

/** One that is well: in a home, heard a minute ago, by itself. */
export function aDevice(some: Partial<DeviceFacts> = {}): DeviceFacts {
  return {
    id: 'button-1',
    name: 'Larmknapp',
    profile: 'call-button',
    model: null,
    isLongRange: false,
    placement: 'worn',
    homeId: 'home-1',
    homeLabel: 'Storgatan 1',
    unitId: 'norr-1',
    unitName: 'Lag norr',
    placedAt: now - 100 * day,
    connected: true,
    lastSeenAt: now - minute,
    batteryPercent: null,
    rssiDbm: null,
    lqi: null,
    skewMs: null,
    firmware: null,
    hub: null,
    quarantined: 0,
    isPuzzling: false,
    isUnfinished: false,
    ...some,
  };
}

/** One that is there and says nothing against what it speaks for. */
export function aHub(some: Partial<HubFacts> = {}): HubFacts {
  return {
    id: 'hub-1',
    profile: 'hub',
    connected: true,
    isSteady: true,
    lastSeenAt: now - minute,
    reaches: null,
    ...some,
  };
}

export function aModel(some: Partial<DeviceProfile> = {}): DeviceProfile {
  return DeviceProfile.parse({
    id: 'a-model',
    kind: 'door-contact',
    vendor: 'Maker',
    model: 'M1',
    title: { sv: 'Dörrsensor', en: 'Door contact' },
    dialect: 'zigbee2mqtt',
    aliases: [],
    capabilities: ['door.opened', 'door.closed'],
    supervision: { class: 'battery', everyMs: 60 * minute, graceMs: 30 * minute },
    battery: { chemistry: 'CR2032', count: 1, lowPercent: 30, urgentPercent: 15 },
    placements: ['entrance'],
    picture: 'contact',
    scaip: null,
    source: null,
    ...some,
  });
}

export function seen(facts: DeviceFacts, batteryEndsAt: number | null = null): Visitable {
  return { facts, device: presentDevice(facts, batteryEndsAt, now) };
}
