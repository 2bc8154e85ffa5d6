import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { pino } from 'pino';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';

import { createBacktestThread } from '../../../gateway/backtest-thread.ts';
import { native } from '../../../gateway/dialects/native.ts';
import type { Alert } from '../../../gateway/domain/alert/alert.ts';
import { openBook } from '../../../gateway/domain/alert/book.ts';
import type { AlertCommand } from '../../../gateway/domain/alert/decide.ts';
import type { AlertTerms } from '../../../gateway/domain/alert/terms.ts';
import type { Raise } from '../../../gateway/domain/home/call.ts';
import type { CommittedChange } from '../../../gateway/domain/hub.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { createGate } from '../../../gateway/http/gate.ts';
import { createHttp, type HttpDependencies } from '../../../gateway/http/http.ts';
import { createNotification } from '../../../gateway/notification.ts';
import type { Role } from '../../../gateway/protocol/api.ts';
import { createReportThread } from '../../../gateway/report-thread.ts';
import { createAlertDesk } from '../../../gateway/services/alert-desk.ts';
import { createArranging } from '../../../gateway/services/arranging.ts';
import { createBacktests } from '../../../gateway/services/backtest.ts';
import { createCostDesk } from '../../../gateway/services/cost-desk.ts';
import { createFleet } from '../../../gateway/services/fleet.ts';
import { createHistoryDesk } from '../../../gateway/services/history-desk.ts';
import { createHubDesk } from '../../../gateway/services/hub-desk.ts';
import { createHub } from '../../../gateway/services/hub.ts';
import { createIdentityDesk } from '../../../gateway/services/identity-desk.ts';
import { createIngest } from '../../../gateway/services/ingest.ts';
import { createInstallationDesk } from '../../../gateway/services/installation-desk.ts';
import { createMetrics } from '../../../gateway/services/metrics.ts';
import { createProvisioningDesk } from '../../../gateway/services/provisioning-desk.ts';
import { createReading, createWitnessedDesk } from '../../../gateway/services/reading.ts';
import { record } from '../../../gateway/services/record.ts';
import { createReportDesk } from '../../../gateway/services/report-desk.ts';
import { createRuleDesk, createWitnessedRuleDesk } from '../../../gateway/services/rule-desk.ts';
import { createRulebook } from '../../../gateway/services/rulebook.ts';
import { createSignIn } from '../../../gateway/services/sign-in.ts';
import { createTelemetryDesk } from '../../../gateway/services/telemetry-desk.ts';
import { createDeviceVerifier } from '../../../gateway/services/verify-device.ts';
import { openSqliteStore } from '../../../gateway/store/sqlite-store.ts';
import { readTemplates } from '../../../gateway/store/template-file.ts';
import { createEmbeddedQuery } from '../../../gateway/telemetry/embedded-query.ts';
import { createSqliteHomeDays } from '../../../gateway/telemetry/sqlite-home-days.ts';
import { createSqliteProgress } from '../../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { createStream, type StreamLimits } from '../../../gateway/ws/stream.ts';
import { terms, termsFor } from '../services/core.ts';

export type World = Awaited<ReturnType<typeof openWorld>>;

export interface WorldOptions {
  /** Puts something of the test's own between the gateway and its store. */
  around?: (store: Store) => Store;
  limits?: Partial<StreamLimits>;
  http?: Partial<
    Pick<
      HttpDependencies,
      'readiness' | 'metricsFor' | 'dashboardFolder' | 'proxies' | 'plainFor' | 'uplinks'
    >
  >;
  publicUrl?: string;
  /** Null: hubs find no MQTT that is safe. */
  hubMqttUrl?: string | null;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: never;
}

const start = Date.parse('2026-11-22T02:00:00Z');

const people: readonly [id: string, municipality: string, role: Role, units: string[]][] = [
  ['astrid', 'norr', 'carer', ['norr-1']],
  ['bengt', 'norr', 'carer', ['norr-2']],
  ['cilla', 'norr', 'coordinator', []],
  ['tore', 'norr', 'technician', []],
  ['adam', 'norr', 'administrator', []],
  ['sara', 'syd', 'carer', ['syd-1']],
];

/** A gateway without its MQTT side: two municipalities, three homes, six people, on real sockets and a real file. */
export async function openWorld(options: WorldOptions = {}) {
  let now = start;
  const clock = () => now;
  const folder = await mkdtemp(join(tmpdir(), 'vaka-http-'));
  const opened = await openSqliteStore(join(folder, 'vaka.sqlite'));
  await furnish(opened, now);
  const store = options.around?.(opened) ?? opened;

  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'info' },
    { write: (line: string) => logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const failed = (error: unknown) => log.error({ err: error }, 'failed');
  const hub = createHub(failed);
  const { accessLog, accounts, overview } = store;
  const registry = new Registry();
  const metrics = createMetrics(registry);
  const alertDesk = createAlertDesk({ store, hub, termsFor, metrics, clock, failed });
  const desk = createWitnessedDesk(alertDesk, { accessLog, clock });
  const ruleDesk = createRuleDesk({
    store,
    templates: readTemplates,
    clock,
    newId: randomUUID,
    changed: (change) => log.info(change, 'rules changed'),
  });
  const signIn = createSignIn({ accounts, clock, random: randomBytes });
  const reading = createReading({ overview, accessLog, clock });
  const gate = createGate({ signIn, clock, publicUrl: options.publicUrl ?? 'http://vaka.example' });
  const limits = options.limits ?? {};
  const stream = createStream({ gate, signIn, reading, desk, hub, clock, log, limits });
  const backtests = createBacktests({
    store,
    startWork: createBacktestThread(join(folder, 'vaka.sqlite'), failed),
    clock,
    newId: randomUUID,
    told: stream.tellBacktest,
    failed,
  });
  const reports = createReportDesk({
    startReport: createReportThread(join(folder, 'vaka.sqlite'), failed),
    accessLog,
    clock,
  });
  const publicUrl = options.publicUrl ?? 'http://vaka.example';
  const notification = createNotification({
    config: { mail: null },
    store,
    hub,
    metrics,
    termsFor,
    clock,
    log,
    publicUrl,
    publish: async () => {},
    isConnected: () => false,
  });
  const history = openTelemetryFile(join(folder, 'telemetry.db'), { readOnly: true });
  const cutOff: string[] = [];
  const identity = {
    ...store,
    clock,
    newId: randomUUID,
    random: randomBytes,
    mqttUrl: () => 'mqtts://vaka.example:8883',
    disconnect: (deviceId: string) => cutOff.push(deviceId),
  };
  const identityDesk = createIdentityDesk({
    ...identity,
    changed: (change) => log.info(change, 'changed'),
  });
  const verify = createDeviceVerifier({ ...store, clock, used: () => {} });
  const ingest = createIngest({
    store,
    rulebook: createRulebook({ unusable: failed }),
    termsFor,
    dialects: [native],
    hub,
    metrics,
    clock,
    failed,
    gatherMs: 0,
  });
  const dependencies: HttpDependencies = {
    signIn: {
      ...signIn,
      signOut: async (token) => {
        await signIn.signOut(token);
        stream.endSession(token);
      },
    },
    gate,
    reading,
    rules: createWitnessedRuleDesk(ruleDesk, { accessLog, clock }),
    fleet: createFleet({ fleet: store.fleet, accessLog, clock }),
    pasts: createHistoryDesk({
      history: store.history,
      sight: store.historySight,
      fleet: store.fleet,
      homeDays: createSqliteHomeDays(history),
      query: createEmbeddedQuery(history),
      accessLog,
      clock,
    }),
    telemetry: createTelemetryDesk({
      sinks: ['embedded'],
      statuses: () => [],
      leftBehind: () => [],
      progress: createSqliteProgress(history),
      clock,
    }),
    costs: createCostDesk({ usage: store.usage, accessLog, clock }),
    backtests,
    reports,
    endpoints: notification.endpoints,
    push: notification.push,
    identity: identityDesk,
    hubs: createHubDesk({
      hubs: store.hubs,
      accessLog,
      clock,
      renewSecret: identityDesk.renewSecret,
      mqttUrl: () => (options.hubMqttUrl === undefined ? identity.mqttUrl() : options.hubMqttUrl),
    }),
    uplinks: {
      verify: async (hubId, password) => (await verify(hubId, { password })) === null,
      accept: ingest.accept,
    },
    provisioning: createProvisioningDesk({
      ...identity,
      refusalMs: 1,
      told: (outcome) => log.info(outcome, 'provisioning asked for'),
    }),
    ...createArranging({
      store,
      hub,
      termsFor,
      metrics,
      clock,
      accessLog,
      newId: randomUUID,
      channels: new Set(['push', 'webhook']),
      changed: (change, what) => log.info(change, what),
    }),
    installations: createInstallationDesk({
      store,
      hub,
      termsFor,
      metrics,
      clock,
      accessLog,
      newId: randomUUID,
      random: randomBytes,
      mqttUrl: () => 'mqtt://vaka.example:1883',
      disconnected: () => {},
      changed: (change) => log.info(change, 'installation changed'),
    }),
    desk,
    clock,
    log,
    readiness: async () => ({ store: true, broker: true, sweep: true }),
    metrics: registry,
    metricsFor: 'loopback',
    dashboardFolder: join(folder, 'dashboard'),
    proxies: 0,
    plainFor: 'loopback',
    ...options.http,
  };
  const server = createServer(createHttp(dependencies));
  server.on('upgrade', stream.handleUpgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  async function close(): Promise<void> {
    backtests.close();
    reports.close();
    await notification.close();
    await stream.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await opened.close();
    await rm(folder, { recursive: true });
  }
  onTestFinished(close);

  async function call(method: string, path: string, sent: RequestOptions = {}): Promise<Answer> {
    const { cookie, body, headers } = sent;
    const response = await fetch(origin + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(sent.origin === null ? {} : { origin: sent.origin ?? origin }),
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as never,
    };
  }

  /** Signs somebody in without a password; answers the cookie to send. */
  async function cookieOf(personId: string): Promise<string> {
    const { token } = await signIn.createLink(personId);
    const { headers } = await call('POST', '/api/v1/session', { body: { token } });
    return headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  async function commit(
    work: Parameters<typeof raiseWith>[1],
  ): Promise<readonly CommittedChange[]> {
    return raiseWith(opened, work, (changes) => {
      if (work.isUntold !== true) hub.publish(changes);
    });
  }

  async function raiseWith(
    into: Store,
    work: { homeId: string; calls: readonly Partial<Raise>[]; isUntold?: boolean },
    committed: (changes: readonly CommittedChange[]) => void,
  ) {
    const files = await into.directory.homes([work.homeId]);
    const home = files.get(work.homeId)?.context;
    if (home === undefined) throw new Error(`There is no home ${work.homeId}.`);
    return into.transaction(async (ledger) => {
      const book = openBook(await ledger.liveAlerts([work.homeId]), terms);
      for (const some of work.calls) book.call(home, { ...help(now), ...some }, now);
      return record(ledger, into.directory, book.changes(), terms);
    }, committed);
  }

  function letHappen(id: string, build: (alert: Alert) => AlertCommand, by: AlertTerms = terms) {
    return opened.transaction(
      async (ledger) => {
        const alert = await ledger.alert(id);
        if (alert === null) throw new Error(`There is no alert ${id}.`);
        const book = openBook([alert], by);
        book.command(alert, build(alert));
        return record(ledger, opened.directory, book.changes(), by);
      },
      (changes) => hub.publish(changes),
    );
  }

  /** Who has seen what, oldest first: `person action subject`. */
  function accessRows(): string[] {
    const file = new DatabaseSync(join(folder, 'vaka.sqlite'), { readOnly: true });
    const row = "person_id || ' ' || action || ' ' || coalesce(subject_id, '-')";
    const lines = file.prepare(`select ${row} as line from access_log order by rowid`).all();
    file.close();
    return lines.map(({ line }) => String(line));
  }

  /** The token hashes of these tables. */
  function tokenHashes(tables: readonly string[]): Buffer[] {
    const file = new DatabaseSync(join(folder, 'vaka.sqlite'), { readOnly: true });
    const found = tables.flatMap((table) => file.prepare(`select token_hash from ${table}`).all());
    file.close();
    return found.map((row) => Buffer.from(row['token_hash'] as Uint8Array));
  }

  /** What an operator might ask behind our back. */
  function rows(query: string): Record<string, unknown>[] {
    const file = new DatabaseSync(join(folder, 'vaka.sqlite'), { readOnly: true });
    const found = file.prepare(query).all();
    file.close();
    return found.map((row) => ({ ...row }));
  }

  /** What an operator might do behind our back. */
  function sql(statement: string): void {
    const file = new DatabaseSync(join(folder, 'vaka.sqlite'), { timeout: 1_000 });
    file.exec(statement);
    file.close();
  }

  return {
    accessRows,
    tokenHashes,
    sql,
    rows,
    origin,
    port,
    store: opened,
    signIn,
    stream,
    hub,
    dispatcher: notification.dispatcher,
    logged,
    /** Devices whose connections were to be cut. */
    cutOff,
    dependencies,
    call,
    cookieOf,
    commit,
    close,
    clock,
    /** Raises an alert in a home and answers its id. */
    raise: async (homeId: string, some: Partial<Raise> = {}) => {
      const changes = await commit({ homeId, calls: [{ need: randomUUID(), ...some }] });
      return changes[0]?.alert.id ?? '';
    },
    /** Lets the deadline of an alert pass, and answers what that led to. */
    escalate: (id: string) => letHappen(id, ({ dueAt }) => ({ type: 'tick', at: dueAt ?? now })),
    /** Lets somebody do something with an alert now. */
    command: (id: string, command: AlertCommand) => letHappen(id, () => command),
    /** Lets another unit answer for an alert from now on. */
    assign: (id: string, unitId: string) =>
      letHappen(id, () => ({ type: 'assign', at: now }), {
        ...terms,
        responsibleFor: () => ({ unitId, until: null }),
      }),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

export interface RequestOptions {
  cookie?: string;
  /** Null sends none; without it, that of the gateway itself. */
  origin?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

function help(at: number): Raise {
  return {
    type: 'raise',
    need: 'help',
    rule: { id: 'help', version: 1, title: { sv: 'Larmknapp', en: 'Help button' }, action: null },
    severity: 'emergency',
    about: 'care',
    deviceId: null,
    eventId: null,
    since: at,
    lateMs: null,
    urgent: false,
    worsening: false,
    leavesWhenCleared: false,
    inhibits: [],
  };
}

async function furnish({ registry }: Store, at: number): Promise<void> {
  const units = { norr: ['norr-1', 'norr-2'], syd: ['syd-1'] };
  for (const [id, own] of Object.entries(units)) {
    await registry.addMunicipality({ id, name: `${id}s kommun`, timeZone: 'Europe/Stockholm', at });
    for (const unit of own) {
      await registry.addUnit({ id: unit, municipalityId: id, name: unit, at });
      await registry.addHome({
        id: `home-${unit}`,
        municipalityId: id,
        unitId: unit,
        label: `Storgatan ${unit}`,
        timeZone: 'Europe/Stockholm',
        residents: [{ id: `resident-${unit}`, name: `Elsa ${unit}`, cohabitant: false }],
        consents: ['help'],
        at,
      });
      await registry.addDevice({
        id: `button-${unit}`,
        homeId: `home-${unit}`,
        name: 'Larmknapp',
        profile: 'call-button',
        placement: 'worn',
        secretHash: randomBytes(32),
        at,
      });
    }
  }
  for (const [id, municipalityId, role, own] of people) {
    await registry.addUser({
      id,
      municipalityId,
      email: `${id}@vaka.example`,
      name: id,
      role,
      units: own,
      passwordHash: null,
      at,
    });
  }
}

/** A request with headers that `fetch` would not send. */
export function rawRequest(
  url: string,
  method: string,
  headers: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
