import type { EventType } from '../../protocol/catalogue.ts';
import type {
  InstallationTest,
  installationSteps,
  InstallationView,
} from '../../protocol/device/installation.ts';
import { AppError } from '../errors.ts';
import type { Alarm, Installation, InstallationBody, Trace } from './installation.ts';

export type Step = (typeof installationSteps)[number];

/** How far an installation has come, as it is seen. */
export type Progress = Pick<InstallationView, 'state' | 'firstMessageAt' | 'tests'> & {
  hasDevice: boolean;
  isPlaced: boolean;
  alarm: Pick<InstallationView['alarm'], 'acceptedAt'>;
};

/** What is to be done now: the first of all that is not done yet. */
export function stepOf({
  state,
  hasDevice,
  isPlaced,
  firstMessageAt,
  tests,
  alarm,
}: Progress): Step {
  if (state !== 'open') return 'done';
  if (!hasDevice) return 'device';
  if (!isPlaced) return 'placement';
  if (firstMessageAt === null) return 'first-message';
  if (!tests.every(isDone)) return 'tests';
  return alarm.acceptedAt === null ? 'alarm' : 'signature';
}

function isDone({ seenAt, skipped }: InstallationTest): boolean {
  return seenAt !== null || skipped !== null;
}

/** @throws AppError `conflict`, with what is still to be done. */
export function requireSignable(view: Pick<InstallationView, 'step' | 'tests'>): void {
  switch (view.step) {
    case 'signature':
      return;
    case 'device':
      throw new AppError('conflict', 'Choose the device first.');
    case 'placement':
      throw new AppError('conflict', 'Place the device first.');
    case 'first-message':
      throw new AppError('conflict', 'The device has not been heard yet: make it say something.');
    case 'tests': {
      const left = view.tests.filter((test) => !isDone(test)).map(({ type }) => type);
      throw new AppError(
        'conflict',
        `Not tested yet: ${left.join(', ')}. Try it, or skip it with a reason.`,
      );
    }
    case 'alarm':
      throw new AppError(
        'conflict',
        'No test alarm has been accepted on a screen yet: raise one, and let somebody accept it.',
      );
    case 'done':
      throw new AppError('conflict', 'The installation is not open any more.');
  }
}

/** How each test of the device stands; before it is placed none has been seen. */
export function standOf(
  types: readonly EventType[],
  { placed, skipped }: Pick<InstallationBody, 'placed' | 'skipped'>,
  seen: Trace['seen'],
  mayBeKnown: (type: EventType) => boolean,
): InstallationTest[] {
  return types.map((type) => {
    const reasoned = skipped.find((one) => one.type === type);
    return {
      type,
      seenAt: placed === null ? null : (seen.get(type) ?? null),
      skipped: reasoned === undefined ? null : { reason: reasoned.reason, at: reasoned.at },
      isUnconsented: !mayBeKnown(type),
    };
  });
}

/**
 * The first that was heard of it since it was placed. Of a device whose words are dropped for want of consent only the
 * latest is known.
 */
export function firstHeardAt(
  { placed }: Pick<InstallationBody, 'placed'>,
  { firstAt, dropped, lastSeenAt }: Pick<Trace, 'firstAt' | 'dropped' | 'lastSeenAt'>,
): number | null {
  if (placed === null) return null;
  return firstAt ?? (dropped > placed.droppedBefore ? lastSeenAt : null);
}

/** The test alarm that counts: the first that somebody took, else the latest. */
export function alarmOf(alarms: readonly Alarm[]): Alarm | null {
  return alarms.find(({ acceptedAt }) => acceptedAt !== null) ?? alarms.at(-1) ?? null;
}

/** @throws AppError `conflict` */
export function requireOpen({ state }: Pick<Installation, 'state'>): void {
  if (state === 'open') return;
  const what = state === 'signed' ? 'signed' : 'abandoned';
  throw new AppError('conflict', `The installation is ${what} already.`);
}
