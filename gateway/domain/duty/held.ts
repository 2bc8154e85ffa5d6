import type { Matchers } from '../../protocol/duty/hold.ts';
import type { AlertTerms, Held } from '../alert/terms.ts';
import type { Arrangements, Hold } from './arrangement.ts';

type Holdable = Parameters<AlertTerms['heldBy']>[0];

/**
 * The silence or pause by which an alert is to ask nobody: the one that lasts longest. An emergency always asks, and a
 * pause lets calls for care through: a home may be entered while its resident is in hospital.
 */
export function heldBy({ holds }: Arrangements, alert: Holdable, at: number): Held | null {
  if (alert.severity === 'emergency' || alert.isTest) return null;
  let longest: Held | null = null;
  for (const hold of holds) {
    if (!isInForce(hold, at) || !isMeant(hold, alert)) continue;
    if (longest !== null && longest.until >= hold.until) continue;
    longest = { why: hold.kind === 'pause' ? 'pause' : 'silence', until: hold.until };
  }
  return longest;
}

export function isInForce({ from, until }: Hold, at: number): boolean {
  return from <= at && at < until;
}

function isMeant(hold: Hold, alert: Holdable): boolean {
  if (hold.municipalityId !== alert.municipalityId) return false;
  switch (hold.kind) {
    case 'pause':
      return hold.homeId === alert.homeId && alert.about !== 'care';
    case 'silence':
      return hold.matchers !== null && matches(hold.matchers, alert);
    case 'test':
      return false;
  }
}

function matches(matchers: Matchers, alert: Holdable): boolean {
  const { ruleIds, severities, homeIds, unitIds, deviceIds } = matchers;
  return (
    isAmong(alert.rule.id, ruleIds) &&
    isAmong(alert.severity, severities) &&
    isAmong(alert.homeId, homeIds) &&
    isAmong(alert.unitId, unitIds) &&
    isAmong(alert.deviceId, deviceIds)
  );
}

/** A list that is not given matches all. */
function isAmong(value: string | null, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

/** Who tries out a home's equipment now, all of it or this device, and until when. */
export function testModeOf(
  { holds }: Arrangements,
  { homeId, deviceId }: { homeId: string; deviceId: string | null },
  at: number,
): { technicianId: string; until: number } | null {
  const test = holds.find(
    (hold) =>
      hold.kind === 'test' &&
      hold.homeId === homeId &&
      isInForce(hold, at) &&
      isAmong(deviceId, hold.matchers?.deviceIds),
  );
  return test === undefined ? null : { technicianId: test.byId, until: test.until };
}
