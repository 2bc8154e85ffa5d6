import type { EquipmentLedger, Equipped, FoundEquipment } from '../domain/equipment.ts';
import { AppError } from '../domain/errors.ts';
import { readScanned, type Scanned, unreadable } from '../domain/installation/scanned.ts';
import type { InstallationDevice } from '../protocol/device/installation.ts';
import { shippedProfile } from '../protocol/device/shipped-profile.ts';
import { profiles, type ProfileId } from '../protocol/profile.ts';
import { hashSecret } from './onboarding.ts';

export interface Chosen {
  deviceId: string;
  /** Whether it was entered just now. */
  isMade: boolean;
  /** Shown this once; null for one that had its own, or whose hub speaks for it. */
  secret: string | null;
}

interface Choosing {
  municipalityId: string;
  at: number;
  random: (bytes: number) => Buffer;
}

const secretBytes = 32;
const idBytes = 6;

/**
 * Answers the device that is meant, entered anew if need be; it is nowhere yet.
 * @throws AppError `invalid` for what means nothing, `not-found` for what nobody has found, `conflict` for what is placed.
 */
export async function chooseDevice(
  equipment: EquipmentLedger,
  wish: InstallationDevice,
  choosing: Choosing,
): Promise<Chosen> {
  if ('scanned' in wish) return chooseScanned(equipment, readScanned(wish.scanned), choosing);
  if ('hubId' in wish) return chooseFound(equipment, wish, choosing);
  return enter(equipment, { ...wish, modelId: wish.modelId ?? null, serial: null }, choosing);
}

async function chooseScanned(
  equipment: EquipmentLedger,
  scanned: Scanned,
  choosing: Choosing,
): Promise<Chosen> {
  const { municipalityId } = choosing;
  const known = await equipment.search(municipalityId, scanned);
  const inUse = known.find(({ decommissionedAt }) => decommissionedAt === null);
  if (inUse !== undefined) return chooseKnown(inUse);
  const [found] = await equipment.found(municipalityId, scanned.addresses);
  if (found !== undefined) return enterFound(equipment, found, choosing);
  if (scanned.box !== null) return enter(equipment, scanned.box, choosing);
  if (known.length > 0) {
    throw new AppError(
      'conflict',
      'That device is out of use for good, and its secret with it: enter it as a new device of its kind.',
    );
  }
  throw unreadable();
}

async function chooseFound(
  equipment: EquipmentLedger,
  { hubId, address }: { hubId: string; address: string },
  choosing: Choosing,
): Promise<Chosen> {
  const { municipalityId } = choosing;
  const known = await equipment.search(municipalityId, {
    ids: [],
    serials: [],
    addresses: [address],
  });
  const same = known.find(({ behind }) => behind?.hubId === hubId);
  if (same !== undefined) return chooseKnown(same);
  const found = await equipment.found(municipalityId, [address]);
  const [one] = found.filter((each) => each.hubId === hubId);
  if (one === undefined) {
    throw new AppError('not-found', 'The hub has found no such device: make it say something.');
  }
  return enterFound(equipment, one, choosing);
}

function chooseKnown({ id, name, place }: Equipped): Chosen {
  if (place === null) return { deviceId: id, isMade: false, secret: null };
  throw new AppError(
    'conflict',
    `"${name}" is placed in a home already: take it out of use there first.`,
  );
}

async function enterFound(
  equipment: EquipmentLedger,
  { hubId, address, label, profile, municipalityId }: FoundEquipment,
  { at, random }: Choosing,
): Promise<Chosen> {
  const kind = profile?.kind ?? 'sensor';
  const id = newId(kind, random);
  const modelId = profile !== null && shippedProfile(profile.id) !== null ? profile.id : null;
  const behind = { hubId, address };
  await equipment.add({
    id,
    municipalityId,
    name: label,
    profile: kind,
    modelId,
    model: profile,
    behind,
    serial: null,
    secretHash: null,
    at,
  });
  return { deviceId: id, isMade: true, secret: null };
}

async function enter(
  equipment: EquipmentLedger,
  {
    profile,
    modelId,
    serial,
  }: { profile: ProfileId; modelId: string | null; serial: string | null },
  { municipalityId, at, random }: Choosing,
): Promise<Chosen> {
  requireModel(modelId, profile);
  const id = newId(profile, random);
  const secret = random(secretBytes).toString('base64url');
  await equipment.add({
    id,
    municipalityId,
    name: profiles[profile].title.sv,
    profile,
    modelId,
    serial,
    at,
    model: null,
    behind: null,
    secretHash: hashSecret(secret),
  });
  return { deviceId: id, isMade: true, secret };
}

/** @throws AppError `invalid` */
function requireModel(modelId: string | null, profile: ProfileId): void {
  if (modelId === null || shippedProfile(modelId)?.kind === profile) return;
  const title = profiles[profile].title.en;
  throw new AppError('invalid', `There is no model "${modelId}" of ${title}: leave out the model.`);
}

function newId(kind: string, random: Choosing['random']): string {
  return `${kind}-${random(idBytes).toString('hex')}`;
}
