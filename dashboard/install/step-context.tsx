import { createContext, use } from 'react';

import type { InstallationView } from '../../gateway/protocol/device/installation.ts';

/** What every step of an installation is given. */
export interface Step {
  view: InstallationView;
  /** Takes what the gateway answered. */
  take: (view: InstallationView) => void;
  next: () => void;
  /** Null on the first. */
  back: (() => void) | null;
  /** Whether the reader has come here from another step of this visit. */
  hasMoved: boolean;
}

export const StepContext = createContext<Step | null>(null);

export function useStep(): Step {
  const step = use(StepContext);
  if (step === null) throw new Error('There is no installation above.');
  return step;
}

/** The device of a step that comes after it was chosen. */
export function useDevice(): NonNullable<InstallationView['device']> {
  const { device } = useStep().view;
  if (device === null) throw new Error('No device has been chosen.');
  return device;
}
