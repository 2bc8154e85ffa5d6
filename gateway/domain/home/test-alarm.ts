import type { EventType } from '../../protocol/catalogue.ts';
import type { Raise } from './call.ts';

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
  'unknown',
]);

/** Whether an event of a device that is armed since then shows that its alarm gets through. */
export function provesAlarm(
  { type, receivedAt }: { type: EventType; receivedAt: number },
  armedAt: number,
): boolean {
  return receivedAt >= armedAt && !untouched.has(type);
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
