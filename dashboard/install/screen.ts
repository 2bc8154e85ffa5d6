import type { InstallationView } from '../../gateway/protocol/device/installation.ts';

/** One thing to do at a time; `secret` only where the device was given one just now. */
export type Screen =
  | 'device'
  | 'placement'
  | 'secret'
  | 'first-message'
  | 'tests'
  | 'alarm'
  | 'signature';

const all: readonly Screen[] = [
  'device',
  'placement',
  'secret',
  'first-message',
  'tests',
  'alarm',
  'signature',
];

export function screensOf(hasSecret: boolean): readonly Screen[] {
  return hasSecret ? all : all.filter((screen) => screen !== 'secret');
}

function placeOf(screen: Screen): number {
  return all.indexOf(screen);
}

/** How far the gateway has let it come. */
function reachOf({ step }: Pick<InstallationView, 'step'>): Screen {
  return step === 'done' ? 'signature' : step;
}

/**
 * What is shown: where the reader stands, but never further than the gateway has let it come.
 * Null: the reader has just come, and goes on where it is.
 */
export function screenAt(
  view: Pick<InstallationView, 'step'>,
  stands: Screen | null,
  hasSecret: boolean,
): Screen {
  const reach = reachOf(view);
  if (stands === null || placeOf(stands) > placeOf(reach)) return reach;
  if (stands === 'secret' && !hasSecret) return 'first-message';
  return stands;
}

/** The screen that many steps away; null before the first and after the last. */
export function beside(screen: Screen, by: 1 | -1, hasSecret: boolean): Screen | null {
  const screens = screensOf(hasSecret);
  return screens[screens.indexOf(screen) + by] ?? null;
}

const waiting = 1_000;
const calm = 5_000;
const hidden = 15_000;

/** How soon to ask the gateway again, in milliseconds; null when nothing more will come. */
export function askAgainMs(view: InstallationView | null, isHidden: boolean): number | null {
  if (view !== null && view.state !== 'open') return null;
  if (isHidden) return hidden;
  if (view === null) return calm;
  return view.step === 'device' || view.step === 'placement' ? calm : waiting;
}
