import type { EventType } from '../../gateway/protocol/catalogue.ts';

interface Kind {
  type: EventType;
  weight: number;
  isCall: boolean;
  data: Record<string, unknown>;
}

/** What a sensor tells beside the matter itself; it makes a message about 300 bytes long. */
const particulars = {
  rssiDbm: -67,
  lqi: 182,
  batteryMillivolts: 2987,
  uptimeSeconds: 8_123_345,
  firmware: '2.14.1',
  model: 'VK-200 sensor',
};

function kind(type: EventType, weight: number, data: Record<string, unknown> = {}): Kind {
  const isCall = type === 'help.pressed';
  return { type, weight, isCall, data: { ...data, ...particulars } };
}

/** What homes send: mostly motion, doors, temperatures and heartbeats; calls for help are a share of their own. */
export const kinds: readonly Kind[] = [
  kind('motion.detected', 30),
  kind('motion.cleared', 30),
  kind('temperature.measured', 15, { celsius: 21.5 }),
  kind('device.heartbeat', 15),
  kind('door.opened', 5),
  kind('door.closed', 5),
  kind('help.pressed', 1),
];
