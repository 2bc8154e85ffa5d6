import { randomBytes } from 'node:crypto';

import type { Store } from '../../gateway/domain/store.ts';
import type { Role } from '../../gateway/protocol/api.ts';
import type { Plan } from '../../gateway/protocol/duty/plan.ts';
import type { ProfileId } from '../../gateway/protocol/profile.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import type { Furnish } from './story.ts';

export interface UnitPlan {
  id: string;
  name?: string;
  duty?: 'check-in' | 'always';
  serves?: readonly string[];
  homes?: readonly string[];
  /** What each of its homes has. */
  devices?: readonly ProfileId[];
}

export interface MunicipalityPlan {
  id: string;
  units: readonly UnitPlan[];
  /** `name role unit…`; the id is the name in small letters. */
  people: readonly string[];
  plan?: Plan;
}

const usual = ['call-button', 'bed-sensor', 'door-contact', 'tag-reader'] as const;

/** Municipalities with their units, homes (usually with a button, a bed, a door and a tag reader) and people. */
export function furnishing(...municipalities: readonly MunicipalityPlan[]): Furnish {
  return async (store, { secrets, at }) => {
    const clock = () => at;
    const onboarding = createOnboarding({ registry: store.registry, clock, random: randomBytes });
    for (const { id } of municipalities) {
      await onboarding.addMunicipality({ id, name: titled(id), timeZone: 'Europe/Stockholm' });
    }
    for (const municipality of municipalities) {
      const { id: municipalityId, units, people, plan } = municipality;
      for (const unit of units) await addUnit(store, onboarding, { municipalityId, unit, secrets });
      for (const person of people) await addPerson(store, municipalityId, person, clock());
      for (const unit of units) await grant(store, unit);
      if (plan !== undefined) {
        const version = { municipalityId, kind: 'plan' as const, subjectId: '', version: 1 };
        const authorId = people[0]?.split(' ')[0]?.toLowerCase() ?? '';
        await store.transaction((ledger) =>
          ledger.arrange.addDocument({
            ...version,
            document: plan,
            authorId,
            at: clock(),
            reason: 'Ny.',
          }),
        );
      }
    }
  };
}

type Onboarding = ReturnType<typeof createOnboarding>;

function titled(id: string): string {
  return `${id[0]?.toUpperCase()}${id.slice(1)}`;
}

async function addUnit(
  store: Store,
  onboarding: Onboarding,
  given: { municipalityId: string; unit: UnitPlan; secrets: Map<string, string> },
): Promise<void> {
  const { municipalityId, unit, secrets } = given;
  const { id, name = titled(id), homes = [], devices = usual } = unit;
  await onboarding.addUnit({ id, municipalityId, name });
  for (const home of homes) {
    await onboarding.addHome({
      id: home,
      municipalityId,
      unitId: id,
      label: `${titled(home)} 1`,
      residents: [`Boende ${titled(home)}`],
      cohabitants: [],
      consents: ['help', 'activity'],
    });
    for (const profile of devices) {
      const device = { homeId: home, id: `${home}-${profile}`, profile };
      const { deviceId, secret } = await onboarding.addDevice(device);
      secrets.set(deviceId, secret);
    }
  }
  await store.transaction(async (ledger) => {
    const file = (await ledger.arrangements()).units.get(id);
    if (file === undefined) throw new Error(`There is no unit ${id}.`);
    await ledger.arrange.changeUnit({ ...file, duty: unit.duty ?? 'check-in' });
  });
}

/** Whom it serves can be said only once they all exist. */
async function grant(store: Store, { id, serves = [] }: UnitPlan): Promise<void> {
  await store.transaction(async (ledger) => {
    const file = (await ledger.arrangements()).units.get(id);
    if (file === undefined) throw new Error(`There is no unit ${id}.`);
    await ledger.arrange.changeUnit({ ...file, serves: [...serves] });
  });
}

async function addPerson(
  store: Store,
  municipalityId: string,
  line: string,
  at: number,
): Promise<void> {
  const [name = '', role = '', ...units] = line.split(' ');
  const id = name.toLowerCase();
  await store.registry.addUser({
    id,
    municipalityId,
    email: `${id}@vaka.example`,
    name,
    role: role as Role,
    units,
    passwordHash: null,
    at,
  });
}
