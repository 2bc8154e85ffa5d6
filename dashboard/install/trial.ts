import type { EventType } from '../../gateway/protocol/catalogue.ts';
import type {
  InstallationTest,
  InstallationView,
} from '../../gateway/protocol/device/installation.ts';

/** Heard, or left out for a written reason. */
export function isSettled({ seenAt, skipped }: InstallationTest): boolean {
  return seenAt !== null || skipped !== null;
}

export function testsLeft(tests: readonly InstallationTest[]): number {
  return tests.filter((test) => !isSettled(test)).length;
}

/** What has been heard since the last look. */
export function newlySeen(
  before: readonly InstallationTest[],
  after: readonly InstallationTest[],
): EventType[] {
  const had = new Set(before.filter(({ seenAt }) => seenAt !== null).map(({ type }) => type));
  return after
    .filter(({ type, seenAt }) => seenAt !== null && !had.has(type))
    .map(({ type }) => type);
}

export type AlarmPhase = 'idle' | 'armed' | 'raised' | 'accepted';

export function alarmPhase({
  armedAt,
  raisedAt,
  acceptedAt,
}: Pick<InstallationView['alarm'], 'armedAt' | 'raisedAt' | 'acceptedAt'>): AlarmPhase {
  if (acceptedAt !== null) return 'accepted';
  if (raisedAt !== null) return 'raised';
  return armedAt === null ? 'idle' : 'armed';
}
