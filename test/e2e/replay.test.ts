import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, test } from 'vitest';

import { defaultPolicies } from '../../gateway/domain/alert/policy.ts';
import { evaluate } from '../../gateway/domain/evaluate.ts';
import type { HomeContext } from '../../gateway/domain/home/home-context.ts';
import type { LogEntry } from '../../gateway/domain/ledger.ts';
import type { Store } from '../../gateway/domain/store.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { readRuleFile } from '../../gateway/store/rule-file.ts';
import { devicesOf, type Mapping, parseMapping } from '../../simulators/replay/mapping.ts';
import { endAt, readLog } from '../../simulators/replay/read-log.ts';
import { replay } from '../../simulators/replay/replay.ts';
import { type Furnishing, openWorld, type World } from './world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const homeId = 'replayed';
const timeZone = 'Europe/Stockholm';
/** Long enough for all that waits to fall due, and too short for anything new. */
const afterwardsMs = 30 * minute;

// Made up, in the format of CASAS: date, time, sensor, value.
const casas = `
2026-11-20 19:02:11.120000 M01 ON
2026-11-20 19:02:14.300000 M01 OFF
2026-11-20 21:40:00.000000 M02 ON
2026-11-20 22:15:30.500000 D01 OPEN
2026-11-20 22:15:58.000000 D01 CLOSE
2026-11-20 23:05:10.000000 D01 OPEN
2026-11-20 23:05:40.250000 M01 ON
2026-11-20 23:09:55.000000 D01 CLOSE
2026-11-20 23:11:00.000000 M02 ON
`;
const casasMapping = `
timeZone: ${timeZone}
sensors:
  M01: { device: hall, profile: motion-sensor, placement: hall, events: { ON: motion.detected, OFF: motion.cleared } }
  M02: { device: bedroom, profile: motion-sensor, placement: bedroom, events: { ON: motion.detected } }
  D01: { device: door, profile: door-contact, placement: entrance, events: { OPEN: door.opened, CLOSE: door.closed } }
`;

// Made up, in the format of the UCI log of activities: start, end, location, type, place.
const uci = [
  'Start time\t\tEnd time\t\tLocation\tType\tPlace',
  '-------------------\t-------------------\t----------\t-----\t-----',
  '2026-11-20 21:58:10\t2026-11-21 01:12:40\tBed\tPressure\tBedroom',
  '2026-11-21 01:14:02\t2026-11-21 01:14:20\tShower\tPIR\tBathroom',
  '2026-11-21 01:41:00\t2026-11-21 03:20:00\tBed\tPressure\tBedroom',
  '2026-11-21 03:26:15\t2026-11-21 03:31:30\tMaindoor\tMagnetic\tEntrance',
  '2026-11-21 03:33:00\t2026-11-21 04:02:00\tBed\tPressure\tBedroom',
].join('\n');
const uciMapping = `
timeZone: ${timeZone}
sensors:
  Bed: { device: bed, profile: bed-sensor, placement: bed, events: { start: bed.entered, end: bed.left } }
  Shower: { device: bathroom, profile: motion-sensor, placement: bathroom, events: { start: motion.detected, end: motion.cleared } }
  Maindoor: { device: door, profile: door-contact, placement: entrance, events: { start: door.opened, end: door.closed } }
`;

test.for([
  { format: 'casas', log: casas, mapping: casasMapping, rules: ['front-door-at-night'] },
  {
    format: 'uci',
    log: uci,
    mapping: uciMapping,
    rules: ['bed-left-at-night', 'front-door-at-night'],
  },
] as const)('a $format log played in a moment gives what the evaluator gives', async (given) => {
  const mapping = parseMapping(given.mapping);
  const { events: recorded, skipped } = readLog(given.log, given.format, mapping);
  expect(skipped).toEqual([]);
  // A day later to the minute, so that night stays night.
  const recordedEnd = Math.max(...recorded.map(({ at }) => at));
  const events = endAt(recorded, recordedEnd + day);
  let now = recordedEnd + day;

  const world = await openWorld({
    clock: () => now,
    sweepEveryMs: 2 ** 30,
    olderByMs: recordedEnd - Math.min(...recorded.map(({ at }) => at)) + minute,
    furnish: (store, furnishing) => furnishHome(store, furnishing, mapping),
  });
  const devices = devicesOf(mapping).map((device) => ({
    ...device,
    secret: world.secrets.get(device.id) ?? '',
  }));
  const stats = await replay({
    mqttUrl: world.at().mqttUrl,
    fleet: { homes: [{ id: homeId, timeZone, devices }] },
    events,
    speed: 'max',
    signal: new AbortController().signal,
    clock: Date.now,
    log: () => {},
  });
  expect(stats).toMatchObject({ acknowledged: events.length });
  now += afterwardsMs;
  await world.sweep();

  const played = (await world.alerts('karin', '?state=all')).map(({ rule, device, since }) => ({
    rule: rule.id,
    device: device?.id ?? null,
    since,
  }));
  const home = await world.withStore(
    async ({ directory }) => (await directory.homes([homeId])).get(homeId)?.context,
  );
  if (home === undefined) throw new Error('The home is not in the directory.');
  expect(sorted(played)).toEqual(sorted(await evaluateLog(home, storedLog(world))));

  // What concerns people is the same as if each event had come in its time.
  const inTime = events.map((event) => ({
    ...event,
    receivedAt: event.at,
    data: {},
    ...placeOf(home),
  }));
  const care = sorted(played.filter(isCare));
  expect(care).toEqual(sorted((await evaluateLog(home, inTime, now)).filter(isCare)));
  expect(care.map(({ rule }) => rule)).toEqual(given.rules);
});

interface Raised {
  rule: string;
  device: string | null;
  since: number;
}

function sorted(alerts: readonly Raised[]): Raised[] {
  const key = ({ rule, device, since }: Raised) => `${rule} ${since} ${device}`;
  return alerts.toSorted((a, b) => key(a).localeCompare(key(b)));
}

/** The log of events as the gateway wrote it, passing of time included. */
function storedLog({ dataDir }: World): LogEntry[] {
  const file = new DatabaseSync(join(dataDir, 'vaka.db'), { readOnly: true });
  const rows = file.prepare('select * from event where home_id is not null order by seq').all();
  file.close();
  return rows.map((row) => ({
    municipalityId: String(row['municipality_id']),
    homeId: String(row['home_id']),
    deviceId: row['device_id'] === null ? null : String(row['device_id']),
    id: String(row['id']),
    type: row['type'] as LogEntry['type'],
    at: Number(row['at']),
    receivedAt: Number(row['received_at']),
    data: JSON.parse(String(row['data'])) as LogEntry['data'],
  }));
}

function isCare({ rule }: Raised): boolean {
  return rule !== 'device-silent';
}

function placeOf({ id, municipalityId }: HomeContext) {
  return { homeId: id, municipalityId };
}

async function evaluateLog(
  home: HomeContext,
  log: readonly LogEntry[],
  until?: number,
): Promise<Raised[]> {
  const rules = await readRuleFile(new URL('../../gateway/rules/default.yaml', import.meta.url));
  let alerts = 0;
  const newAlertId = () => String((alerts += 1));
  const terms = { newAlertId, policyOf: () => defaultPolicies.low };
  return evaluate(home, rules, log, until === undefined ? terms : { ...terms, until }).map(
    ({ rule, deviceId, since }) => ({ rule: rule.id, device: deviceId, since }),
  );
}

async function furnishHome(store: Store, { secrets, at }: Furnishing, mapping: Mapping) {
  const { registry } = store;
  const onboarding = createOnboarding({ registry, clock: () => at, random: randomBytes });
  const municipalityId = await onboarding.addMunicipality({ name: 'Norrköpinge', timeZone });
  const unitId = await onboarding.addUnit({ municipalityId, name: 'Nattpatrullen' });
  const people = { residents: ['Elsa B'], cohabitants: [], consents: ['help', 'activity'] };
  const place = { id: homeId, label: 'Skogsgatan 4', municipalityId, unitId };
  await onboarding.addHome({ ...place, ...people });
  for (const device of devicesOf(mapping)) {
    const { secret } = await onboarding.addDevice({ ...device, homeId });
    secrets.set(device.id, secret);
  }
  const email = 'karin@vaka.example';
  const karin = { id: 'karin', name: 'Karin', email, municipalityId, units: [], at };
  await registry.addUser({ ...karin, role: 'coordinator', passwordHash: null });
}
