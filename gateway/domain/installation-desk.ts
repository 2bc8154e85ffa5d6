import type { z } from 'zod';

import type { EventType } from '../protocol/catalogue.ts';
import type { Decommissioned } from '../protocol/device/identity.ts';
import type {
  InstallationDevice,
  InstallationInput,
  InstallationList,
  InstallationPlacement,
  InstallationQuery,
  InstallationView,
  InstallationWithSecret,
  Signature,
} from '../protocol/device/installation.ts';
import type { Scope } from './scope.ts';

/**
 * Where devices are put into homes, tried out, exchanged and signed for. Whoever may not is AppError `forbidden`; a home,
 * device or installation outside the scope is `not-found`; what does not fit the order of things is `conflict`, saying
 * what is to be done first. Each answer shows how the installation stands now.
 */
export interface InstallationDesk {
  /** Begins one, or answers their own that is open there, as it stands: a device that is worn by now is no test again. */
  begin: (scope: Scope, input: InstallationInput) => Promise<InstallationView>;
  list: (scope: Scope, query: InstallationQuery) => Promise<InstallationList>;
  one: (scope: Scope, id: string) => Promise<InstallationView>;
  /** Answers the secret of a device that was entered anew, this once. */
  choose: (scope: Scope, id: string, device: InstallationDevice) => Promise<InstallationWithSecret>;
  /** Puts it in the home on trial: its alerts are tests for four hours from the last thing done here. */
  place: (scope: Scope, id: string, where: InstallationPlacement) => Promise<InstallationView>;
  /** Begins the trial of a placed device anew. */
  goOn: (scope: Scope, id: string) => Promise<InstallationView>;
  skip: (scope: Scope, id: string, type: EventType, reason: string) => Promise<InstallationView>;
  unskip: (scope: Scope, id: string, type: EventType) => Promise<InstallationView>;
  /** The next thing the device tells raises a test alarm. */
  arm: (scope: Scope, id: string) => Promise<InstallationView>;
  /** Ends the trial, keeps the protocol, and takes the device that is replaced out of use. */
  sign: (
    scope: Scope,
    id: string,
    signature: z.infer<typeof Signature>,
  ) => Promise<InstallationView>;
  /** Takes the device out of the home again; one that is to be replaced stays as it was. */
  abandon: (scope: Scope, id: string) => Promise<InstallationView>;
  /** Takes a device out of use for good; its history stays where it was. */
  decommission: (scope: Scope, deviceId: string, reason: string) => Promise<Decommissioned>;
}
