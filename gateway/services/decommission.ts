import type { Equipped } from '../domain/equipment.ts';
import { AppError } from '../domain/errors.ts';
import type { InstallationDesk } from '../domain/installation-desk.ts';
import type { Ledger } from '../domain/ledger.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import { changeAndFollow, type FollowOptions } from './follow.ts';
import { type Acting, endTrial } from './trial.ts';

export interface DecommissionOptions extends FollowOptions {
  /** Told of each device that is out of use, once that is committed: its connection is to be cut. */
  disconnected: (deviceId: string) => void;
}

export function createDecommission(options: DecommissionOptions): InstallationDesk['decommission'] {
  const { store, disconnected } = options;

  return async (scope, deviceId, reason) => {
    requireEquipment(scope);
    const { municipalityId, userId: byId } = scope;
    const gone: string[] = [];
    await changeAndFollow(options, async (ledger, at) => {
      const { equipment } = ledger;
      const device = await equipment.device(deviceId);
      if (device?.municipalityId !== municipalityId) {
        throw new AppError('not-found', 'There is no such device.');
      }
      if (device.decommissionedAt !== null) return { municipalityIds: [] };
      await abandonInstallationOf(ledger, device, { byId, at });
      gone.push(deviceId, ...(await equipment.behind(deviceId)).map(({ id }) => id));
      await equipment.decommission(deviceId, reason, at);
      return device.place === null ? { municipalityIds: [] } : { homeId: device.place.homeId };
    });
    for (const id of gone) disconnected(id);
    const device = await store.equipment.device(deviceId);
    return { deviceId, decommissionedAt: device?.decommissionedAt ?? options.clock() };
  };
}

/** Ends the installation of a device that goes out of use, and its trial. */
export async function abandonInstallationOf(
  ledger: Ledger,
  { id: deviceId, municipalityId }: Equipped,
  acting: Acting,
): Promise<void> {
  const { equipment } = ledger;
  const open = await equipment.installations(municipalityId, { deviceId, state: 'open' });
  for (const installation of open) {
    await endTrial(ledger, installation.body, acting);
    const changedAt = Math.max(acting.at, installation.changedAt + 1);
    const body = { ...installation.body, trial: null };
    const abandoned = { ...installation, state: 'abandoned', changedAt, body } as const;
    await equipment.saveInstallation(abandoned, installation.changedAt);
  }
}

/** @throws AppError `forbidden` */
export function requireEquipment({ role }: Scope): void {
  if (permissions[role].equipment === 'change') return;
  throw new AppError('forbidden', 'Your role does not install or exchange equipment.');
}
