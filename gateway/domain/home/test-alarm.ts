import type { EventType } from '../../protocol/catalogue.ts';
import type { Event } from '../event.ts';
import type { Raise } from './call.ts';
import type { HomeDevice } from './home-context.ts';

/** What a device tells by itself proves nothing: a technician is to have made it speak. */
const untouched: ReadonlySet<EventType> = new Set<EventType>([
  'device.heartbeat',
  'device.connected',
  'device.disconnected',
  'reach.lost',
  'reach.restored',
  'link.measured',
  'battery.measured',
  'battery.low',
  'illuminance.measured',
  'power.measured',
  'unknown',
]);

/** All that a hub can be made to tell, by pulling its plug and putting it back: it has no button, nor anything to open. */
const byPlug: ReadonlySet<EventType> = new Set<EventType>([
  'device.connected',
  'device.disconnected',
  'reach.lost',
  'reach.restored',
]);

/** By so much the clock of a device may be behind ours. */
const clockToleranceMs = 60_000;

/**
 * Whether an event of a device that is armed since then shows that its alarm gets through. What it had stored from before
 * shows nothing.
 */
export function provesAlarm(
  { type, at, data }: Pick<Event, 'type' | 'at' | 'data'>,
  { profile, armedAt }: Pick<HomeDevice, 'profile'> & { armedAt: number },
): boolean {
  if (data['history'] === true || at < armedAt - clockToleranceMs) return false;
  return !untouched.has(type) || (profile === 'hub' && byPlug.has(type));
}

/** The test alarm of a device whose event calls for nobody by itself, such as a door. */
export function testAlarm(event: { deviceId: string; id: string; at: number }): Raise {
  return {
    type: 'raise',
    need: `installation-test/${event.deviceId}`,
    rule: {
      id: 'installation-test',
      version: 1,
      title: { sv: 'Provlarm vid installation', en: 'Test alarm at installation' },
      action: null,
    },
    severity: 'high',
    about: 'technical',
    deviceId: event.deviceId,
    eventId: event.id,
    since: event.at,
    lateMs: null,
    urgent: false,
    worsening: false,
    leavesWhenCleared: false,
    inhibits: [],
  };
}
