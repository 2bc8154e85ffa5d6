import type { AlertCommand } from '../domain/alert/alert-command.ts';
import type { Alert } from '../domain/alert/alert.ts';
import { isLive } from '../domain/alert/alert.ts';
import { AppError } from '../domain/errors.ts';
import type { Installation } from '../domain/installation/installation.ts';
import type { Ledger } from '../domain/ledger.ts';

const trialMs = 4 * 3_600_000;

/** Who does it, and when. */
export interface Acting {
  byId: string;
  at: number;
}

/**
 * Lets the alerts of the device of an installation be tests, asked of whoever acts, for four hours from now; the rest of
 * the home stays as it is. One that goes on is replaced, so that it ends four hours after the last thing done.
 */
export async function beginTrial(
  ledger: Ledger,
  { municipalityId, homeId, deviceId }: Installation,
  { byId, at }: Acting,
  newId: () => string,
): Promise<{ holdId: string; until: number }> {
  if (deviceId === null) throw new AppError('conflict', 'Choose the device first.');
  const holdId = newId();
  const until = at + trialMs;
  await ledger.arrange.addHold({
    id: holdId,
    kind: 'test',
    municipalityId,
    homeId,
    matchers: { deviceIds: [deviceId] },
    from: at,
    until,
    reason: `Installation: ${deviceId}`,
    byId,
  });
  return { holdId, until };
}

export async function endTrial(
  ledger: Ledger,
  { trial }: Installation['body'],
  { byId, at }: Acting,
): Promise<void> {
  if (trial !== null) await ledger.arrange.endHold(trial.holdId, at, byId);
}

/**
 * What becomes of the tests of a device that is signed for: whoever signs takes them and ends them as tests, for
 * otherwise a forgotten one would become a real alert. What is a test no longer stays.
 */
export function testsEnded(deviceId: string, { byId, at }: Acting) {
  return (alert: Alert): readonly AlertCommand[] => {
    if (!alert.isTest || !isLive(alert) || alert.deviceId !== deviceId) return [];
    const resolve = { type: 'resolve', at, by: byId, outcome: 'test', note: null } as const;
    if (alert.by === null || alert.by === byId) return [resolve];
    return [{ type: 'take-over', at, by: byId, etaMinutes: null }, resolve];
  };
}
