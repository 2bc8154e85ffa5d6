import type { AlertEvent } from '../../gateway/domain/alert/alert-event.ts';
import type { AlertChangeSet } from '../../gateway/domain/ledger.ts';
import type { Store } from '../../gateway/domain/store.ts';
import type { Outcome, Severity } from '../../gateway/protocol/alert.ts';
import type { ProfileId } from '../../gateway/protocol/profile.ts';
import { createDice } from '../../simulators/dice.ts';
import {
  addDevice,
  addHome,
  addUser,
  changeOf,
  hour,
  minute,
  raised,
} from '../gateway/store/furnish.ts';

/** What a year is made of; the same seed always makes the same year. */
export interface YearOptions {
  seed: string;
  homes: number;
  alerts: number;
  from: number;
  to: number;
}

type Dice = () => number;

export const municipalityId = 'norr';
const profiles = ['call-button', 'door-contact', 'bed-sensor', 'motion-sensor'] as const;
const people = 12;
const shiftHours = 8;
const alertsAtOnce = 1_000;
const severities: readonly Severity[] = ['emergency', 'high', 'medium', 'low'];
const outcomes: readonly Outcome[] = ['helped', 'false-alarm', 'no-action', 'helped'];

/** A municipality of two units: the day's own homes, and one that answers for all of them at night. Carers check in. */
export async function buildYear(store: Store, options: YearOptions): Promise<void> {
  const { homes, from, to, alerts, seed } = options;
  const dice = createDice(seed, 'report');
  await furnish(store, homes, from - 24 * hour);
  await staff(store, from, to);
  for (let first = 0; first < alerts; first += alertsAtOnce) {
    const count = Math.min(alertsAtOnce, alerts - first);
    const changes = Array.from({ length: count }, (_, index) =>
      alertOf(options, first + index, dice),
    );
    await store.transaction((ledger) => ledger.saveAlerts(changes));
  }
}

async function furnish(store: Store, homes: number, at: number): Promise<void> {
  const { registry, staffing } = store;
  const timeZone = 'Europe/Stockholm';
  await registry.addMunicipality({ id: municipalityId, name: 'Norrköpinge', timeZone, at });
  const team = { kind: 'team', duty: 'check-in', endpointId: null, municipalityId } as const;
  for (const id of ['day', 'night'])
    await staffing.addUnit({ ...team, id, name: id, serves: [] }, at);
  const hours = { from: '22:00', to: '07:00' };
  const document = { lines: [{ unitId: 'night', hours }], exceptions: [] };
  const written = { municipalityId, authorId: 'person-0', at, reason: '' };
  await staffing.addDocument({ ...written, kind: 'plan', subjectId: '', version: 1, document });
  for (let index = 0; index < homes; index += 1) {
    const homeId = `home-${index}`;
    await addHome(store, { id: homeId, municipalityId, unitId: 'day', at });
    for (const profile of profiles)
      await addDevice(store, { id: deviceId(homeId, profile), homeId, profile, at });
  }
}

/** Three at a time in each unit, around the clock, in shifts of eight hours; every tenth of them is not kept. */
async function staff(store: Store, from: number, to: number): Promise<void> {
  for (let index = 0; index < people; index += 1)
    await addUser(store, { id: `person-${index}`, municipalityId });
  let shift = 0;
  for (let at = from; at < to; at += shiftHours * hour) {
    for (let place = 0; place < 6; place += 1) {
      shift += 1;
      if (shift % 10 === 0) continue;
      const personId = `person-${shift % people}`;
      await store.staffing.addDuty({
        id: `duty-${shift}`,
        municipalityId,
        personId,
        unitId: place < 3 ? 'day' : 'night',
        from: at,
        until: at + shiftHours * hour,
        byId: personId,
      });
    }
  }
}

function deviceId(homeId: string, profile: ProfileId): string {
  return `${profile}-${homeId}`;
}

function pick<T>(list: readonly [T, ...T[]] | readonly T[], dice: Dice): T {
  const one = list[Math.floor(dice() * list.length)];
  if (one === undefined) throw new Error('There is nothing to pick.');
  return one;
}

/** Nine of ten call for care; the tenth tells of a device that was silent for a while. */
function alertOf({ homes, from, to }: YearOptions, index: number, dice: Dice): AlertChangeSet {
  const at = from + Math.floor(dice() * (to - from));
  const homeId = `home-${Math.floor(dice() * homes)}`;
  const profile = pick(profiles, dice);
  const isSilence = dice() < 0.1;
  const rule = isSilence ? 'device-silent' : `rule-${Math.floor(dice() * 25)}`;
  const begun = raised({
    alertId: `alert-${index}`,
    municipalityId,
    at,
    since: at,
    homeId,
    homeUnitId: 'day',
    unitId: dice() < 0.35 ? 'night' : 'day',
    deviceId: deviceId(homeId, profile),
    severity: isSilence ? 'technical' : pick(severities, dice),
    need: `${rule} ${index}`,
    rule: { id: rule, version: 1, title: { sv: rule, en: rule }, action: null },
  });
  return changeOf(begun, ...(isSilence ? mended(at, dice) : answered(at, dice)));
}

function mended(at: number, dice: Dice): AlertEvent[] {
  const heardAt = at + Math.ceil(dice() * 6 * hour);
  return [
    { type: 'cleared', at: heardAt, since: heardAt },
    { type: 'resolved', at: heardAt, by: null, outcome: 'no-action', note: null },
  ];
}

/** One of twenty is never accepted. */
function answered(at: number, dice: Dice): AlertEvent[] {
  const by = `person-${Math.floor(dice() * people)}`;
  const after = (seconds: number) => at + Math.ceil(seconds * 1_000);
  const accepted = 5 + dice() * 240;
  const arrived = accepted + 60 + dice() * 900;
  const resolved = arrived + 60 + dice() * 1_800;
  const outcome = pick(outcomes, dice);
  const shown: AlertEvent[] = Array.from({ length: 3 }, (_, place) => ({
    type: 'delivered',
    at: after(1 + place),
    step: 0,
    by: `person-${place}`,
    channel: 'screen',
    to: null,
  }));
  const came: AlertEvent[] = [
    {
      type: 'accepted',
      at: after(accepted),
      by,
      etaAt: null,
      dueAt: after(accepted) + 30 * minute,
    },
    { type: 'arrived', at: after(arrived), by, dueAt: after(arrived) + hour },
  ];
  const end: AlertEvent = { type: 'resolved', at: after(resolved), by, outcome, note: null };
  return [...shown, ...(dice() < 0.05 ? [] : came), end];
}
