import type { DeviceError } from '../gateway/protocol/event.ts';
import { errorsTopic } from '../gateway/protocol/topic.ts';
import type { Limits } from './limits.ts';
import { TokenBuckets } from './token-bucket.ts';

/** Tells a device why its message was refused. */
export type ErrorReport = (deviceId: string, topic: string, reason: string) => void;

const maxLength = 512;

/** Reports on the device's `errors` topic, no faster than the limit and no longer than a line. */
export function createErrorReport(
  limits: Limits,
  clock: () => number,
  send: (topic: string, payload: string) => void,
): ErrorReport {
  const buckets = new TokenBuckets(limits.errorReports);
  return (deviceId, topic, reason) => {
    const now = performance.now();
    if (!buckets.of(deviceId, now).tryTake(now)) return;
    const at = new Date(clock()).toISOString();
    const report: DeviceError = {
      reason: reason.slice(0, maxLength),
      topic: topic.slice(0, maxLength),
      at,
    };
    send(errorsTopic(deviceId), JSON.stringify(report));
  };
}
