import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { AlertEvent, Raised } from '../../../gateway/domain/alert/alert-event.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import type { Outcome } from '../../../gateway/protocol/alert.ts';
import { addDevice, addHome, addUser, keepAlert, raised } from './furnish.ts';
import { createSqliteStorage } from './sqlite-storage.ts';

/**
 * Saturday 24 to Monday 26 October 2026 in Stockholm. The clocks go back on Sunday at 03:00, so that the three days are of
 * 24, 25 and 24 hours, 73 in all. All times below are what the wall clock shows; `+01:00` is after the change.
 */
export const days = { from: '2026-10-24', to: '2026-10-26' };
export const hour = 3_600_000;
const second = 1_000;

/** `on('24T10:00')` is a Saturday; on the 25th before 03:00 summer time holds, unless it says otherwise. */
export function on(time: string): number {
  const isWinter = time.includes('+01:00') || time >= '25T03:00';
  return Date.parse(`2026-10-${time.replace('+01:00', '')}:00${isWinter ? '+01:00' : '+02:00'}`);
}

/** The report is made as Monday ends. */
export const madeAt = on('26T00:00') + 24 * hour;

const longAgo = on('01T12:00');
const homes = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

export async function openReportTown() {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  const file = join(storage.folder, 'vaka.db');
  await build(store);
  await equip(store);
  await staff(store);
  await alarm(store);
  change(file, `update device set decommissioned_at = ${on('24T12:00')} where id = 'door-h2'`);
  return { store, file };
}

function change(file: string, statement: string): void {
  const database = new DatabaseSync(file, { timeout: 1_000 });
  database.exec(statement);
  database.close();
}

/** Six homes of the day's unit; h6 has two residents, and somebody else who lives there. The night's unit has none. */
async function build(store: Store): Promise<void> {
  const { registry, staffing } = store;
  for (const [id, name] of [
    ['norr', 'Norrs kommun'],
    ['syd', 'Syds kommun'],
  ] as const)
    await registry.addMunicipality({ id, name, timeZone: 'Europe/Stockholm', at: longAgo });
  const team = { kind: 'team', endpointId: null, municipalityId: 'norr' } as const;
  await staffing.addUnit({ ...team, id: 'day', name: 'Dag', duty: 'always', serves: [] }, longAgo);
  await staffing.addUnit(
    { ...team, id: 'night', name: 'Natt', duty: 'check-in', serves: ['syd'] },
    longAgo,
  );
  await registry.addUnit({ id: 'syd-1', municipalityId: 'syd', name: 'Syd', at: longAgo });
  for (const id of homes) {
    const names = id === 'h6' ? ['a', 'b', 'cohabitant'] : ['a'];
    const residents = names.map((name) => ({
      id: `${id}-${name}`,
      name: `Elsa ${id} ${name}`,
      cohabitant: name === 'cohabitant',
    }));
    await addHome(store, { id, municipalityId: 'norr', unitId: 'day', residents, at: longAgo });
  }
  await addHome(store, { id: 's1', municipalityId: 'syd', unitId: 'syd-1', at: longAgo });
}

/**
 * A button in each home, in h6 only from Sunday. Bed sensors in h1 to h5. Door contacts in h1 to h3 and motion sensors in
 * h4 and h5: kinds of too few homes. h5 is paused all Monday; the door contact of h1 is on trial for ten hours; that of h2
 * is taken out of use on Saturday at noon.
 */
async function equip(store: Store): Promise<void> {
  const put = (kind: string, profile: string, of: readonly string[], at = longAgo) =>
    Promise.all(
      of.map((homeId) => addDevice(store, { id: `${kind}-${homeId}`, homeId, profile, at })),
    );
  await put('button', 'call-button', homes.slice(0, 5));
  await put('button', 'call-button', ['h6'], on('25T00:00'));
  await put('bed', 'bed-sensor', homes.slice(0, 5));
  await put('door', 'door-contact', ['h1', 'h2', 'h3']);
  await put('motion', 'motion-sensor', ['h4', 'h5']);
  await put('button', 'call-button', ['s1']);
  const hold = { municipalityId: 'norr', reason: '', byId: 'tore' };
  await store.staffing.addHold({
    ...hold,
    id: 'hospital',
    kind: 'pause',
    homeId: 'h5',
    matchers: null,
    from: on('26T00:00'),
    until: madeAt,
  });
  await store.staffing.addHold({
    ...hold,
    id: 'trial',
    kind: 'test',
    homeId: 'h1',
    matchers: { deviceIds: ['door-h1'] },
    from: on('24T08:00'),
    until: on('24T18:00'),
  });
}

/**
 * The night's unit answers for all homes from 22:00 to 07:00, and checks in. On the night to Sunday Astrid leaves at 02:30
 * and Bengt comes at 02:30: an hour later. On Monday Astrid is a quarter of an hour late.
 */
async function staff(store: Store): Promise<void> {
  const { staffing } = store;
  for (const id of ['astrid', 'bengt']) await addUser(store, { id, municipalityId: 'norr' });
  const hours = { from: '22:00', to: '07:00' };
  const document = { lines: [{ unitId: 'night', hours }], exceptions: [] };
  const written = { municipalityId: 'norr', authorId: 'cilla', at: longAgo, reason: '' };
  await staffing.addDocument({ ...written, kind: 'plan', subjectId: '', version: 1, document });
  const duties: readonly [person: string, from: string, until: string][] = [
    ['astrid', '23T22:00', '24T07:00'],
    ['astrid', '24T22:00', '25T02:30'],
    ['bengt', '25T02:30+01:00', '25T07:00'],
    ['astrid', '25T22:00', '26T07:00'],
    ['bengt', '25T22:00', '26T02:00'],
    ['astrid', '26T22:15', '27T07:00'],
  ];
  for (const [personId, from, until] of duties) {
    await staffing.addDuty({
      id: `${personId} ${from}`,
      municipalityId: 'norr',
      personId,
      unitId: 'night',
      from: on(from),
      until: on(until),
      byId: personId,
    });
  }
}

/** Seconds after it was raised; what is left out never came. */
interface Course {
  screen?: number;
  accepted?: number;
  arrived?: number;
  resolved?: number;
  outcome?: Outcome;
}

function courseOf(at: number, { screen, accepted, arrived, resolved, outcome }: Course) {
  const by = 'astrid';
  const events: AlertEvent[] = [];
  const after = (seconds: number) => at + seconds * second;
  if (screen !== undefined)
    events.push({ type: 'delivered', at: after(screen), step: 0, by, channel: 'screen', to: null });
  if (accepted !== undefined)
    events.push({ type: 'accepted', at: after(accepted), by, etaAt: null, dueAt: after(9_999) });
  if (arrived !== undefined)
    events.push({ type: 'arrived', at: after(arrived), by, dueAt: after(9_999) });
  if (resolved !== undefined)
    events.push({
      type: 'resolved',
      at: after(resolved),
      by,
      outcome: outcome ?? 'helped',
      note: null,
    });
  return events;
}

function call(rule: string, homeId: string, at: number, some: Partial<Raised> = {}): Raised {
  return raised({
    alertId: `${rule} ${homeId} ${at}`,
    at,
    since: at,
    unitId: 'day',
    homeId,
    homeUnitId: 'day',
    rule: { id: rule, version: 1, title: { sv: rule, en: rule }, action: null },
    ...some,
  });
}

async function alarm(store: Store): Promise<void> {
  const button = async (homeId: string, time: string, course: Course, unitId = 'day') => {
    const at = on(time);
    const of = { severity: 'high', deviceId: `button-${homeId}`, unitId } as const;
    await keepAlert(store, call('help', homeId, at, of), ...courseOf(at, course));
  };
  await button('h1', '24T10:00', { screen: 2, accepted: 20, arrived: 300, resolved: 1_200 });
  await button('h2', '24T11:00', { screen: 3, accepted: 50, arrived: 400, resolved: 1_500 });
  await button('h3', '24T12:00', {
    screen: 4,
    accepted: 170,
    arrived: 500,
    resolved: 700,
    outcome: 'false-alarm',
  });
  const atNight = { screen: 5, accepted: 200, arrived: 900, resolved: 2_000 };
  await button('h4', '25T02:40+01:00', atNight, 'night');
  // Somebody ends it from the list, and has never accepted it.
  await button('h5', '25T12:00', { resolved: 100, outcome: 'false-alarm' });

  const bed = (homeId: string, at: number, ...events: AlertEvent[]) => {
    const of = { severity: 'medium', deviceId: `bed-${homeId}`, unitId: 'night' } as const;
    return keepAlert(store, call('bed-left', homeId, at, of), ...events);
  };
  const ended = (at: number): AlertEvent => ({
    type: 'resolved',
    at,
    by: null,
    outcome: 'no-action',
    note: null,
  });
  // Leaves by itself after 40 s.
  const left = on('26T23:00');
  await bed('h3', left, ...courseOf(left, { screen: 7 }), ended(left + 40 * second));
  // Silenced as it is raised, until it ends: it asks nobody.
  const silenced = on('25T03:30');
  const until = silenced + hour;
  await bed(
    'h1',
    silenced,
    { type: 'suppressed', at: silenced, reason: 'silence', until, dueAt: until },
    ended(silenced + hour / 2),
  );
  // Still live, 50 s old when the report is made.
  await bed('h2', madeAt - 50 * second);

  // A flood: two from each home within six minutes of the night to Monday; the first six are false.
  for (let index = 0; index < 12; index += 1) {
    const at = on('26T03:00') + index * 30 * second;
    const outcome = index < 6 ? 'false-alarm' : 'no-action';
    const homeId = homes[index % 6] ?? '';
    const of = { severity: 'medium', unitId: 'night' } as const;
    await keepAlert(
      store,
      call('quiet-home', homeId, at, of),
      ...courseOf(at, { screen: 6, accepted: 100, resolved: 600, outcome }),
    );
  }
  await alarmTechnicians(store, ended);
  await alarmElsewhere(store);
}

async function alarmTechnicians(store: Store, ended: (at: number) => AlertEvent): Promise<void> {
  const silent = (rule: string, deviceId: string, from: number, to: number) => {
    const homeId = deviceId.split('-')[1] ?? '';
    const technical = { severity: 'technical', deviceId, since: from } as const;
    return keepAlert(
      store,
      call(rule, homeId, from, technical),
      { type: 'cleared', at: to, since: to },
      ended(to),
    );
  };
  // From before the period; and two that overlap from 15:00 to 18:00; and seven hours of the long night.
  await silent('device-silent', 'button-h4', on('23T12:00'), on('24T06:00'));
  await silent('device-silent', 'button-h3', on('24T12:00'), on('24T18:00'));
  await silent('out-of-reach', 'button-h3', on('24T15:00'), on('24T20:00'));
  await silent('device-silent', 'motion-h4', on('25T00:00'), on('25T06:00'));
}

/** None of these is counted: of another municipality's home that the night's unit answers for, and of no home at all. */
async function alarmElsewhere(store: Store): Promise<void> {
  const at = on('24T23:00');
  const south = { municipalityId: 'syd', unitId: 'night', deviceId: 'button-s1' } as const;
  await keepAlert(
    store,
    call('help', 's1', at, { ...south, homeUnitId: 'syd-1' }),
    ...courseOf(at, { screen: 1, accepted: 2, arrived: 3, resolved: 4 }),
  );
  const service = { homeId: null, homeUnitId: null, unitId: 'night', need: 'nobody' } as const;
  await keepAlert(store, call('nobody-on-duty', 'none', at, service));
  await keepAlert(store, call('help', 'h1', at, { isTest: true, deviceId: 'button-h1' }));
  // The day before, and the day after.
  for (const time of ['23T23:59', '27T00:00'])
    await keepAlert(store, call('help', 'h1', on(time), { deviceId: 'button-h1', need: time }));
}
