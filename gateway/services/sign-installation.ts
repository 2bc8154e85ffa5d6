import { AppError } from '../domain/errors.ts';
import type { Installation } from '../domain/installation/installation.ts';
import { requireSignable } from '../domain/installation/progress.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { InstallationView } from '../protocol/device/installation.ts';
import { abandonInstallationOf } from './decommission.ts';
import { type Acting, endTrial } from './trial.ts';

export interface Signing extends Acting {
  byName: string;
  note: string | null;
  /** How the installation stands before it is signed. */
  view: InstallationView;
}

/**
 * Puts a device into service: ends its trial, keeps how all stood as the protocol, and takes the device that it replaces
 * out of use. Answers the installation as it is from now on, and the device that is out of use.
 * @throws AppError `conflict`, with what is still to be done.
 */
export async function signInstallation(
  ledger: Ledger,
  installation: Installation,
  { at, byId, byName, note, view }: Signing,
): Promise<{ body: Installation['body']; gone: readonly string[] }> {
  requireSignable(view);
  const { deviceId, body } = installation;
  if (deviceId === null) throw new AppError('conflict', 'Choose the device first.');
  await endTrial(ledger, body, { byId, at });
  await ledger.equipment.arm(deviceId, null);
  const gone = await replaceOld(ledger, deviceId, body.replaces, { at, byId });
  const protocol: InstallationView = {
    ...view,
    state: 'signed',
    step: 'done',
    changedAt: Math.max(at, installation.changedAt + 1),
    trialUntil: null,
    signed: { at, by: { id: byId, name: byName }, note },
  };
  return { body: { ...body, trial: null, protocol }, gone };
}

async function replaceOld(
  ledger: Ledger,
  deviceId: string,
  oldId: string | null,
  acting: Acting,
): Promise<readonly string[]> {
  const { equipment } = ledger;
  const old = oldId === null ? null : await equipment.device(oldId);
  if (old === null || old.decommissionedAt !== null) return [];
  const spokenFor = await equipment.behind(old.id);
  const device = await equipment.device(deviceId);
  if (spokenFor.length > 0 && device?.profile !== 'hub') {
    throw new AppError('conflict', `"${old.name}" speaks for others: only a hub can replace it.`);
  }
  // It may itself never have been signed for.
  await abandonInstallationOf(ledger, old, acting);
  await equipment.replace(deviceId, old.id);
  await equipment.decommission(old.id, `Replaced by ${deviceId}.`, acting.at);
  return [old.id];
}
