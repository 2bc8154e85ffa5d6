import { createHash } from 'node:crypto';

import { isConsented, purposes, type Purpose } from '../domain/consent.ts';
import { AppError } from '../domain/errors.ts';
import type { HomeAgreement, Registry } from '../domain/registry.ts';
import { isPlacement, placements } from '../protocol/placement.ts';
import { isProfile, profiles } from '../protocol/profile.ts';
import { ResidentFlag } from '../protocol/resident-flag.ts';
import { deviceIdPattern } from '../protocol/topic.ts';

export interface OnboardingDependencies {
  registry: Registry;
  clock: () => number;
  random: (bytes: number) => Buffer;
}

/** Whose consent, to what; without `residentId`, that of everybody who lives there. */
export interface ConsentGiven {
  homeId: string;
  residentId?: string;
  purposes: readonly string[];
}

/** Who lives in a home, and the purposes that all of them consent to now. */
export interface HomeConsent extends HomeAgreement {
  inForce: readonly Purpose[];
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
  consent: (homeId: string) => Promise<HomeConsent>;
  /** From `from` on, or now without it; never from the future. */
  giveConsent: (given: ConsentGiven & { from?: number }) => Promise<HomeConsent>;
  /** From now on nothing is followed that needs it. */
  withdrawConsent: (given: ConsentGiven) => Promise<HomeConsent>;
}

const secretBytes = 32;
const idBytes = 6;
/** So many ids are told to whoever has mistaken one. */
const idsShown = 20;

export function createOnboarding({ registry, clock, random }: OnboardingDependencies): Onboarding {
  const past = (since = clock()): number => {
    if (since <= clock()) return since;
    const time = new Date(since).toISOString();
    throw new AppError(
      'invalid',
      `${time} has not come yet: give a time that has, or none for now.`,
    );
  };
  const consent = async (homeId: string): Promise<HomeConsent> => {
    const found = await registry.agreement(homeId);
    if (found === null) throw unknownHome(homeId, await registry.someHomes(idsShown + 1));
    const residentIds = found.residents.map(({ id }) => id);
    const inForce = purposes.filter((purpose) =>
      isConsented(purpose, residentIds, found.consents, 'now'),
    );
    return { ...found, inForce };
  };
  const changeOf = async (given: ConsentGiven, at: number) => {
    const { homeId, residentId } = given;
    const { municipalityId, residents } = await consent(homeId);
    const ids = residents.map(({ id }) => id);
    if (residentId !== undefined && !ids.includes(residentId)) {
      throw unusable(`resident in "${homeId}"`, residentId, ids);
    }
    return {
      homeId,
      municipalityId,
      residentIds: residentId === undefined ? ids : [residentId],
      purposes: given.purposes.map(requirePurpose),
      at,
      now: clock(),
    };
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
    consent,
    giveConsent: async ({ from, ...given }) => {
      await registry.giveConsent(await changeOf(given, past(from)));
      return consent(given.homeId);
    },
    withdrawConsent: async (given) => {
      await registry.withdrawConsent(await changeOf(given, clock()));
      return consent(given.homeId);
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

function unknownHome(homeId: string, some: readonly string[]): AppError {
  const shown = some.slice(0, idsShown).join(', ');
  const more = some.length > idsShown ? ', and more' : '';
  const there = some.length === 0 ? 'There is none yet.' : `There are: ${shown}${more}.`;
  return new AppError('not-found', `There is no home "${homeId}". ${there}`);
}

function unusable(what: string, given: string, known: readonly string[]): AppError {
  return new AppError('invalid', `There is no ${what} "${given}". There are: ${known.join(', ')}.`);
}
