import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Store } from '../../gateway/domain/store.ts';
import type { ProfileId } from '../../gateway/protocol/profile.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { createSignIn } from '../../gateway/services/sign-in.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';

export interface TownDevice {
  id: string;
  secret: string;
  homeId: string;
  profile: ProfileId;
}

/** A municipality in a data directory, and the keys to it. */
export interface Town {
  devices: readonly TownDevice[];
  /** One session for each screen: what it sends as its cookie. */
  cookies: readonly string[];
}

export interface TownOptions {
  dataDir: string;
  /** The devices of each home. */
  homes: readonly (readonly ProfileId[])[];
  screens: number;
}

const municipalityId = 'bench';
const unitId = 'north';
const dayMs = 24 * 3_600_000;

/** Everybody consents, and has since yesterday, so that events of the past count too. */
export async function buildTown({ dataDir, homes, screens }: TownOptions): Promise<Town> {
  await mkdir(dataDir, { recursive: true });
  const store = await openSqliteStore(join(dataDir, 'vaka.db'));
  try {
    const devices = await furnish(store, homes);
    const cookies = await Promise.all(
      Array.from({ length: screens }, (_, index) => openSession(store, index)),
    );
    return { devices, cookies };
  } finally {
    await store.close();
  }
}

async function furnish(store: Store, homes: TownOptions['homes']): Promise<TownDevice[]> {
  const { registry } = store;
  const clock = () => Date.now() - dayMs;
  const onboarding = createOnboarding({ registry, clock, random: randomBytes });
  const devices: TownDevice[] = [];
  const timeZone = 'Europe/Stockholm';
  await onboarding.addMunicipality({ id: municipalityId, name: 'Bänkköping', timeZone });
  await onboarding.addUnit({ id: unitId, municipalityId, name: 'Norr' });
  for (const [index, profiles] of homes.entries()) {
    const homeId = await onboarding.addHome({
      id: `home-${index}`,
      municipalityId,
      unitId,
      label: `Storgatan ${index}`,
      residents: ['Elsa'],
      cohabitants: [],
      consents: ['help', 'activity', 'camera'],
    });
    for (const [place, profile] of profiles.entries()) {
      const id = `${homeId}-${place}-${profile}`;
      const { secret } = await onboarding.addDevice({ id, homeId, profile });
      devices.push({ id, secret, homeId, profile });
    }
  }
  return devices;
}

/** Four of five are carers of the unit; every fifth is a coordinator and sees the whole municipality. */
async function openSession({ registry, accounts }: Store, index: number): Promise<string> {
  const id = `person-${index}`;
  const isCarer = index % 5 !== 4;
  await registry.addUser({
    id,
    municipalityId,
    email: `${id}@bench.example`,
    name: id,
    role: isCarer ? 'carer' : 'coordinator',
    units: isCarer ? [unitId] : [],
    passwordHash: null,
    at: Date.now(),
  });
  const signIn = createSignIn({ accounts, clock: Date.now, random: randomBytes });
  const link = await signIn.createLink(id);
  const { token } = await signIn.withLink(link.token);
  return `vaka=${token}`;
}
