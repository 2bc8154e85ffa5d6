import type { AlertEvent } from '../../gateway/domain/alert/alert-event.ts';
import type { AlertChangeSet } from '../../gateway/domain/ledger.ts';
import type { Store } from '../../gateway/domain/store.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { changeOf, minute, raised } from '../gateway/store/furnish.ts';
import type { Furnishing } from './world.ts';

export const dayMs = 86_400_000;
export const homesOfUnit = 6;
/** How many rules have had alerts enough to have a row of their own. */
export const rules = 44;

const municipalityId = 'norr';
const units = [
  ['natt', 'Nattpatrullen'],
  ['dag', 'Hemtjänsten'],
] as const;
const severities = ['emergency', 'high', 'medium', 'low'] as const;
const outcomes = ['helped', 'false-alarm', 'helped', 'no-action'] as const;

export function homeId(unit: string, number: number): string {
  return `${unit}-hem-${number}`;
}

/** Twelve homes of two units, each with a button and a door, and Karin who coordinates. */
export async function furnishTown(store: Store, { secrets, at }: Furnishing): Promise<void> {
  const { registry } = store;
  const onboarding = createOnboarding({
    registry,
    clock: () => at,
    random: (size) => crypto.getRandomValues(Buffer.alloc(size)),
  });
  await onboarding.addMunicipality({
    id: municipalityId,
    name: 'Norrköpinge',
    timeZone: 'Europe/Stockholm',
  });
  for (const [unitId, name] of units) {
    await onboarding.addUnit({ id: unitId, municipalityId, name });
    for (let number = 1; number <= homesOfUnit; number += 1) {
      const id = homeId(unitId, number);
      await onboarding.addHome({
        id,
        label: `${name} ${number}`,
        unitId,
        municipalityId,
        residents: [`Elsa ${number}`],
        cohabitants: [],
        consents: ['help'],
      });
      for (const profile of ['call-button', 'door-contact']) {
        const device = { homeId: id, id: `${id}-${profile}`, profile };
        const { deviceId, secret } = await onboarding.addDevice(device);
        secrets.set(deviceId, secret);
      }
    }
  }
  await registry.addUser({
    id: 'karin',
    municipalityId,
    email: 'karin@vaka.example',
    name: 'Karin',
    role: 'coordinator',
    units: [],
    passwordHash: null,
    at,
  });
}

/** Alerts of many rules with long names, in all homes of a unit, each answered in a way of its own. */
export async function addPast(store: Store, from: number): Promise<void> {
  const changes: AlertChangeSet[] = [];
  for (let rule = 0; rule < rules; rule += 1) {
    for (let number = 1; number <= homesOfUnit; number += 1) {
      changes.push(pastAlert(rule, number, from + rule * 3 * 60 * minute + number * minute));
    }
  }
  await store.transaction((ledger) => ledger.saveAlerts(changes));
}

function pastAlert(rule: number, number: number, at: number): AlertChangeSet {
  const [unitId] = units[rule % 2] ?? units[0];
  const home = homeId(unitId, number);
  const name = String(rule + 1).padStart(2, '0');
  const begun = raised({
    alertId: `past-${rule}-${number}`,
    at,
    since: at,
    unitId,
    homeId: home,
    homeUnitId: unitId,
    deviceId: `${home}-door-contact`,
    severity: severities[rule % severities.length] ?? 'high',
    need: `past-${rule}`,
    rule: {
      id: `past-${rule}`,
      version: 1,
      title: {
        sv: `Regel ${name}: ytterdörren, altandörren eller källardörren har stått öppen längre än avtalat under natten mot en helgdag, och ingen har rört sig i hallen, köket eller vardagsrummet sedan dess`,
        en: `Rule ${name}: the front door, the veranda door or the cellar door has been open for longer than agreed in the night before a holiday, and nobody has moved in the hall, the kitchen or the living room since`,
      },
      action: null,
    },
  });
  const seconds = 4 + ((rule * 7 + number * 13) % 240);
  const by = 'karin';
  const accepted: AlertEvent[] = [
    { type: 'delivered', at: at + 2_000, step: 0, by, channel: 'screen', to: null },
    { type: 'accepted', at: at + seconds * 1_000, by, etaAt: null, dueAt: at + 30 * minute },
    { type: 'arrived', at: at + (seconds + 420) * 1_000, by, dueAt: at + 60 * minute },
  ];
  const outcome = outcomes[(rule + number) % outcomes.length] ?? 'helped';
  const resolved = { type: 'resolved', at: at + 40 * minute, by, outcome, note: null } as const;
  return changeOf(begun, ...((rule + number) % 17 === 0 ? [] : accepted), resolved);
}
