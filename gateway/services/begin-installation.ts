import type { Directory } from '../domain/directory.ts';
import { AppError } from '../domain/errors.ts';
import { type Installation, newBody } from '../domain/installation/installation.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { Scope } from '../domain/scope.ts';
import type { InstallationInput } from '../protocol/device/installation.ts';

/**
 * Begins an installation in a home, or answers the one that this person has open there; with `another`, only one in which
 * nothing has been chosen yet, so that a box of devices can be put up side by side. Colleagues may work in the same
 * home at the same time, but not on the exchange of the same device.
 */
export async function beginInstallation(
  ledger: Ledger,
  { homeId, another = false, ...input }: InstallationInput,
  { municipalityId, userId }: Scope,
  { id, at, people }: Pick<Directory, 'people'> & { id: string; at: number },
): Promise<Installation> {
  const { equipment } = ledger;
  const replaces = input.replaces ?? null;
  const open = await equipment.installations(municipalityId, { homeId, state: 'open' });
  const own = open.find(({ byId, deviceId }) => byId === userId && (!another || deviceId === null));
  if (own !== undefined && (replaces === null || own.body.replaces === replaces)) return own;
  if (replaces !== null) {
    await requireReplaceable(ledger, { homeId, replaces }, async (old) => {
      const other = open.find(({ body }) => body.replaces === replaces);
      if (other === undefined) return;
      const who = (await people([other.byId])).get(other.byId) ?? 'A colleague';
      throw new AppError('conflict', `${who} is exchanging "${old}" already.`);
    });
  }
  if (own !== undefined) {
    if (own.deviceId !== null) {
      const text = 'You have not finished another installation in this home: finish or abandon it.';
      throw new AppError('conflict', text);
    }
    const changed = { ...own, body: newBody(replaces), changedAt: Math.max(at, own.changedAt + 1) };
    await equipment.saveInstallation(changed, own.changedAt);
    return changed;
  }
  const begun: Installation = {
    id,
    municipalityId,
    homeId,
    deviceId: null,
    byId: userId,
    state: 'open',
    startedAt: at,
    changedAt: at,
    body: newBody(replaces),
  };
  await equipment.addInstallation(begun);
  return begun;
}

async function requireReplaceable(
  { equipment }: Ledger,
  { homeId, replaces }: { homeId: string; replaces: string },
  requireFree: (name: string) => Promise<void>,
): Promise<void> {
  const old = await equipment.device(replaces);
  if (old?.place?.homeId !== homeId) {
    throw new AppError('not-found', 'There is no such device in this home.');
  }
  await requireFree(old.name);
}
