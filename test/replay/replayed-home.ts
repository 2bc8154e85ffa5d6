import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { pino } from 'pino';

import { readConfig } from '../../gateway/config.ts';
import type { Alert } from '../../gateway/domain/alert/alert.ts';
import { staffedTerms } from '../../gateway/domain/duty/terms.ts';
import { evaluate } from '../../gateway/domain/evaluate.ts';
import type { HomeContext } from '../../gateway/domain/home/home-context.ts';
import { compileRules } from '../../gateway/domain/home/rule-set.ts';
import type { LogEntry } from '../../gateway/domain/ledger.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import { readStandardRules } from '../../gateway/store/template-file.ts';
import { devicesOf, type Mapping } from '../../simulators/replay/mapping.ts';
import type { ReplayEvent } from '../../simulators/replay/read-log.ts';
import { replay } from '../../simulators/replay/replay.ts';

/** An alert, as far as a log decides it. */
export interface Raised {
  rule: string;
  device: string | null;
  since: number;
  repeats: number;
  clearedAt: number | null;
}

export interface Comparison {
  acknowledged: number;
  /** What the gateway raised, oldest first. */
  gateway: readonly Raised[];
  /** What the pure evaluator gives for the log the gateway wrote. */
  log: readonly Raised[];
  /** What it gives when each event comes in its time and nothing is ever late. */
  inTime: readonly Raised[];
}

const presenceTypes: readonly LogEntry['type'][] = ['device.connected', 'device.disconnected'];
const homeId = 'replayed';
const minute = 60_000;
/** Long enough for all that waits on a backlog, and too short for anything new. */
const afterwardsMs = 2 * minute;

/** Sends a recorded log to a gateway of its own over MQTT, and evaluates the same log beside it. */
export async function compareReplay(
  dataDir: string,
  mapping: Mapping,
  events: readonly ReplayEvent[],
): Promise<Comparison> {
  const firstAt = Math.min(...events.map(({ at }) => at));
  let now = Math.max(...events.map(({ at }) => at));
  const { context, secrets } = await furnish(dataDir, mapping, firstAt - minute);
  const rules = compileRules((await readStandardRules()).map(({ rule }) => rule));
  const environment = { VAKA_DATA_DIR: dataDir, VAKA_HTTP_PORT: '0', VAKA_MQTT_PORT: '0' };
  const gateway = createGateway(readConfig(environment), {
    clock: () => now,
    log: pino({ level: 'silent' }),
    rules,
    sweepEveryMs: 2 ** 30,
    startGraceMs: 2 ** 30,
  });
  const { mqttUrl } = await gateway.start();
  const fleet = [
    { id: homeId, timeZone: mapping.timeZone, devices: devicesWith(mapping, secrets) },
  ];
  const { acknowledged } = await replay({
    mqttUrl,
    fleet: { homes: fleet },
    events,
    speed: 'max',
    signal: new AbortController().signal,
    clock: Date.now,
    log: () => {},
  });
  await gateway.stop();
  // Started anew without the grace: what waits on the backlog falls due from what is stored alone.
  now += afterwardsMs;
  const restarted = createGateway(readConfig(environment), {
    clock: () => now,
    log: pino({ level: 'silent' }),
    rules,
    sweepEveryMs: 2 ** 30,
    startGraceMs: 0,
  });
  await restarted.start();
  await restarted.sweep();
  await restarted.stop();

  const terms = staffedTerms(() => randomBytes(8).toString('hex'));
  const written = storedLog(dataDir);
  // That a device connected is a sign of life too, and only the gateway knows when.
  const presence = written.filter(({ type }) => presenceTypes.includes(type));
  const timely = [...events.map((event) => entryOf(context, event)), ...presence];
  return {
    acknowledged,
    gateway: storedAlerts(dataDir),
    log: sorted(evaluate(context, rules, written, terms)),
    inTime: sorted(evaluate(context, rules, timely, { ...terms, until: now })),
  };
}

function devicesWith(mapping: Mapping, secrets: ReadonlyMap<string, string>) {
  return devicesOf(mapping).map((device) => ({ ...device, secret: secrets.get(device.id) ?? '' }));
}

async function furnish(
  dataDir: string,
  mapping: Mapping,
  at: number,
): Promise<{ context: HomeContext; secrets: Map<string, string> }> {
  const store = await openSqliteStore(join(dataDir, 'vaka.db'));
  const { registry, directory } = store;
  const onboarding = createOnboarding({ registry, clock: () => at, random: randomBytes });
  const { timeZone } = mapping;
  const municipalityId = await onboarding.addMunicipality({ name: 'Norrköpinge', timeZone });
  const unitId = await onboarding.addUnit({ municipalityId, name: 'Nattpatrullen' });
  const place = { id: homeId, label: 'Skogsgatan 4', municipalityId, unitId };
  const consents = ['help', 'activity'];
  await onboarding.addHome({ ...place, residents: ['Elsa B'], cohabitants: [], consents });
  const secrets = new Map<string, string>();
  for (const device of devicesOf(mapping)) {
    const { secret } = await onboarding.addDevice({ ...device, homeId });
    secrets.set(device.id, secret);
  }
  const context = (await directory.homes([homeId])).get(homeId)?.context;
  await store.close();
  if (context === undefined) throw new Error('The home is not in the directory.');
  return { context, secrets };
}

function entryOf({ id, municipalityId }: HomeContext, event: ReplayEvent): LogEntry {
  return { ...event, data: event.data ?? {}, homeId: id, municipalityId, receivedAt: event.at };
}

/** The log of events as the gateway wrote it, passing of time included. */
function storedLog(dataDir: string): LogEntry[] {
  const file = new DatabaseSync(join(dataDir, 'vaka.db'), { readOnly: true });
  const rows = file.prepare('select * from event where home_id is not null order by seq').all();
  file.close();
  return rows.map((row) => ({
    municipalityId: String(row['municipality_id']),
    homeId: String(row['home_id']),
    deviceId: typeof row['device_id'] === 'string' ? row['device_id'] : null,
    id: String(row['id']),
    type: row['type'] as LogEntry['type'],
    at: Number(row['at']),
    receivedAt: Number(row['received_at']),
    data: JSON.parse(String(row['data'])) as LogEntry['data'],
  }));
}

function storedAlerts(dataDir: string): Raised[] {
  const file = new DatabaseSync(join(dataDir, 'vaka.db'), { readOnly: true });
  const rows = file.prepare('select body from alert').all();
  file.close();
  return sorted(rows.map(({ body }) => JSON.parse(String(body)) as Alert));
}

function sorted(alerts: readonly Alert[]): Raised[] {
  return alerts
    .map(({ rule, deviceId, since, repeats, clearedAt }) => ({
      rule: rule.id,
      device: deviceId,
      since,
      repeats,
      clearedAt,
    }))
    .toSorted(
      (a, b) => a.since - b.since || `${a.rule}${a.device}`.localeCompare(`${b.rule}${b.device}`),
    );
}
