import { createHash } from 'node:crypto';

import { purposes, type Purpose } from '../domain/consent.ts';
import { AppError } from '../domain/errors.ts';
import type { Registry } from '../domain/registry.ts';
import { isPlacement, placements } from '../protocol/placement.ts';
import { isProfile, profiles } from '../protocol/profile.ts';
import { ResidentFlag } from '../protocol/resident-flag.ts';
import { deviceIdPattern } from '../protocol/topic.ts';

export interface OnboardingDependencies {
  registry: Registry;
  clock: () => number;
  random: (bytes: number) => Buffer;
}

/** How homes and devices come into the system. What cannot be used is AppError `invalid`, with what can. */
export interface Onboarding {
  addMunicipality: (given: { id?: string; name: string; timeZone: string }) => Promise<string>;
  addUnit: (given: { id?: string; municipalityId: string; name: string }) => Promise<string>;
  addHome: (given: {
    id?: string;
    municipalityId: string;
    unitId: string;
    label: string;
    residents: readonly string[];
    cohabitants: readonly string[];
    consents: readonly string[];
    /** What the residents need, of `residentFlags`; those who live there too have none. */
    flags?: readonly string[];
    /** When they consented, in epoch milliseconds; now without it, and never in the future. */
    since?: number;
  }) => Promise<string>;
  /** The secret is answered this once; only its hash is kept. */
  addDevice: (given: {
    id?: string;
    homeId: string;
    profile: string;
    name?: string;
    placement?: string;
    /** When it was placed, in epoch milliseconds; now without it, and never in the future. */
    since?: number;
  }) => Promise<{ deviceId: string; secret: string }>;
}

const secretBytes = 32;
const idBytes = 6;

export function createOnboarding({ registry, clock, random }: OnboardingDependencies): Onboarding {
  const past = (since = clock()): number => {
    if (since <= clock()) return since;
    const time = new Date(since).toISOString();
    throw new AppError(
      'invalid',
      `${time} has not come yet: give a time that has, or none for now.`,
    );
  };
  const newId = (kind: string) => `${kind}-${random(idBytes).toString('hex')}`;

  return {
    addMunicipality: async ({ id = newId('municipality'), name, timeZone }) => {
      requireId(id);
      requireTimeZone(timeZone);
      await registry.addMunicipality({ id, name, timeZone, at: clock() });
      return id;
    },
    addUnit: async ({ id = newId('unit'), municipalityId, name }) => {
      requireId(id);
      await registry.addUnit({ id, municipalityId, name, at: clock() });
      return id;
    },
    addHome: async ({ id = newId('home'), municipalityId, residents, cohabitants, ...given }) => {
      requireId(id);
      const municipality = await registry.municipality(municipalityId);
      if (municipality === null) {
        throw new AppError('not-found', `There is no municipality "${municipalityId}".`);
      }
      const flags = (given.flags ?? []).map(requireFlag);
      const person = (cohabitant: boolean) => (name: string) => ({
        id: newId('resident'),
        name,
        cohabitant,
        flags: cohabitant ? [] : flags,
      });
      await registry.addHome({
        id,
        municipalityId,
        unitId: given.unitId,
        label: given.label,
        timeZone: municipality.timeZone,
        residents: [...residents.map(person(false)), ...cohabitants.map(person(true))],
        consents: given.consents.map(requirePurpose),
        at: past(given.since),
      });
      return id;
    },
    addDevice: async ({ profile, homeId, id = newId(profile), name, placement, since }) => {
      if (!isProfile(profile)) throw unusable('profile', profile, Object.keys(profiles));
      requireId(id);
      const place = placement ?? profiles[profile].placement;
      if (!isPlacement(place)) throw unusable('placement', place, Object.keys(placements));
      const secret = random(secretBytes).toString('base64url');
      await registry.addDevice({
        id,
        homeId,
        profile,
        name: name ?? profiles[profile].title.sv,
        placement: place,
        secretHash: hashSecret(secret),
        at: past(since),
      });
      return { deviceId: id, secret };
    },
  };
}

/** A secret has 256 random bits, so it needs no slow hash on the path of every connection. */
export function hashSecret(secret: string | Buffer): Buffer {
  return createHash('sha256').update(secret).digest();
}

function requireId(id: string): void {
  if (deviceIdPattern.test(id)) return;
  throw new AppError(
    'invalid',
    `"${id}" cannot be an id: write 1 to 64 letters, digits, dots, hyphens, underscores or colons.`,
  );
}

function requireTimeZone(timeZone: string): void {
  try {
    Temporal.Now.zonedDateTimeISO(timeZone);
  } catch (cause) {
    throw new AppError(
      'invalid',
      `"${timeZone}" is no time zone; write one like Europe/Stockholm.`,
      {
        cause,
      },
    );
  }
}

function requirePurpose(text: string): Purpose {
  const purpose = purposes.find((one) => one === text);
  if (purpose === undefined) throw unusable('purpose of consent', text, purposes);
  return purpose;
}

function requireFlag(text: string): ResidentFlag {
  const flag = ResidentFlag.options.find((one) => one === text);
  if (flag === undefined) throw unusable('flag', text, ResidentFlag.options);
  return flag;
}

function unusable(what: string, given: string, known: readonly string[]): AppError {
  return new AppError('invalid', `There is no ${what} "${given}". There are: ${known.join(', ')}.`);
}
