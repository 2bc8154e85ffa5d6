import { type Fault, faults } from '../../protocol/device/fleet.ts';
import { type DeviceFacts, isHubGone, silentAtOf } from './device-facts.ts';

const dayMs = 86_400_000;
const clockWrongMs = 5 * 60_000;
export const fallingWithinMs = 30 * dayMs;
/** For a battery of a model that does not say. */
const usualLimits = { lowPercent: 20, urgentPercent: 10 };

/** Below these a link loses messages: of 0 to 255 for Zigbee, in dBm for what is near, and in dBm for LoRa. */
const weakLqi = 30;
const weakDbm = -80;
const weakLoraDbm = -115;
const longRange: ReadonlySet<string> = new Set(['chirpstack', 'tts']);

export function batteryLimits({ model }: Pick<DeviceFacts, 'model'>) {
  return model?.battery ?? usualLimits;
}

type Test = (device: DeviceFacts, batteryEndsAt: number | null, now: number) => boolean;

const tests: Readonly<Record<Fault, Test>> = {
  silent: (device, _, now) => {
    const silentAt = silentAtOf(device);
    return silentAt !== null && silentAt <= now;
  },
  'hub-away': ({ hub }, _, now) => hub !== null && (isHubGone(hub, now) || hub.reaches === false),
  'battery-urgent': (device) => isAtMost(device, batteryLimits(device).urgentPercent),
  unfinished: ({ isUnfinished }) => isUnfinished,
  quarantine: ({ quarantined }) => quarantined > 0,
  'battery-low': (device) => {
    const { lowPercent, urgentPercent } = batteryLimits(device);
    return isAtMost(device, lowPercent) && !isAtMost(device, urgentPercent);
  },
  'battery-falling': (_device, endsAt, now) => endsAt !== null && endsAt - now <= fallingWithinMs,
  'weak-link': isWeak,
  'clock-wrong': ({ skewMs }) => skewMs !== null && Math.abs(skewMs) > clockWrongMs,
  'not-understood': ({ isPuzzling }) => isPuzzling,
};

/** What is wrong with a device now, the worst first. */
export function faultsOf(device: DeviceFacts, batteryEndsAt: number | null, now: number): Fault[] {
  return faults.filter((fault) => tests[fault](device, batteryEndsAt, now));
}

function isAtMost({ batteryPercent }: DeviceFacts, percent: number): boolean {
  return batteryPercent !== null && batteryPercent <= percent;
}

/** Zigbee's own measure says more of a mesh than the strength of its last hop. */
function isWeak(device: DeviceFacts): boolean {
  const { lqi, rssiDbm } = device;
  const limits = linkLimits(device);
  if (lqi !== null) return lqi < limits.lqi;
  return rssiDbm !== null && rssiDbm < limits.rssiDbm;
}

/** Below which a link is weak. */
export function linkLimits({ model, isLongRange }: Pick<DeviceFacts, 'model' | 'isLongRange'>): {
  lqi: number;
  rssiDbm: number;
} {
  const isLora = isLongRange || longRange.has(model?.dialect ?? '');
  return { lqi: weakLqi, rssiDbm: isLora ? weakLoraDbm : weakDbm };
}
