import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { type Logger, pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';

import { type Broker, type BrokerNotice, createBroker, type Limits } from '../broker/broker.ts';
import { createBacktestThread } from './backtest-thread.ts';
import { type Config, mqttUrlOf, publicUrlOf } from './config.ts';
import { native } from './dialects/native.ts';
import { type TermsFor, termsOf } from './domain/duty/terms.ts';
import type { RuleSet } from './domain/home/rule-set.ts';
import type { ChannelName } from './domain/notification/notification.ts';
import type { Store } from './domain/store.ts';
import { createGate } from './http/gate.ts';
import { createHttp } from './http/http.ts';
import { closeServer, openServer } from './http/server.ts';
import { createAlertDesk } from './services/alert-desk.ts';
import { createBacktests } from './services/backtest.ts';
import { createHub } from './services/hub.ts';
import { createIngest } from './services/ingest.ts';
import { createMetrics } from './services/metrics.ts';
import { createReading, createWitnessedDesk } from './services/reading.ts';
import { createRuleDesk, createWitnessedRuleDesk } from './services/rule-desk.ts';
import { createRulebook, fixedRulebook } from './services/rulebook.ts';
import { createSignIn } from './services/sign-in.ts';
import { createSweep, type Sweep } from './services/sweep.ts';
import { verifyDevice } from './services/verify-device.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import { readTemplates } from './store/template-file.ts';
import { readTls } from './tls.ts';
import { createStream } from './ws/stream.ts';

/** What tests and tools may put in place of the real thing. */
export interface GatewayOverrides {
  clock?: () => number;
  log?: Logger;
  rules?: RuleSet;
  brokerLimits?: Partial<Limits>;
  sweepEveryMs?: number;
  startGraceMs?: number;
}

export interface Addresses {
  publicUrl: string;
  mqttUrl: string;
  httpPort: number;
  mqttPort: number;
  mqttsPort: number | null;
}

export interface Gateway {
  /** Resolves when everything listens. */
  start: () => Promise<Addresses>;
  /** Takes nothing new, stores what has come, and closes all. */
  stop: () => Promise<void>;
  /** Sweeps now, for those who hold the clock. */
  sweep: () => Promise<void>;
}

/** Notices that somebody should look into; the others are counted. */
const worthWarning: ReadonlySet<BrokerNotice['kind']> = new Set([
  'listener-error',
  'connection-refused',
  'not-stored',
]);

/** A sweep that has not ended for so long means that nothing escalates any more. */
const sweepStuckMs = 30_000;
const dashboardFolder = new URL('../dashboard/dist', import.meta.url).pathname;

/** The only place that knows all the parts. */
export function createGateway(config: Config, overrides: GatewayOverrides = {}): Gateway {
  const clock = overrides.clock ?? Date.now;
  const log = overrides.log ?? pino({ level: config.logLevel });
  const channels: ReadonlySet<ChannelName> = new Set(['push', 'webhook', 'device']);
  const termsFor: TermsFor = async (ledger) =>
    termsOf(await ledger.arrangements(), randomUUID, channels);
  const cleanUps: (() => Promise<void> | void)[] = [];
  let sweep: Sweep | null = null;

  async function start(): Promise<Addresses> {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    const store = await openSqliteStore(join(config.dataDir, 'vaka.db'));
    cleanUps.push(() => store.close());
    await store.transaction((ledger) => ledger.forgetConnections());
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const metrics = createMetrics(registry);
    const rulebook =
      overrides.rules === undefined
        ? createRulebook({
            unusable: (rule) => {
              metrics.unusableRules.inc();
              log.error(rule, 'a rule in force cannot be used');
            },
          })
        : fixedRulebook(overrides.rules);
    const hub = createHub((error) => log.error({ err: error }, 'a screen could not be told'));
    hub.subscribe((changes) => {
      for (const { seq, event, alert } of changes) {
        const { id, rule, severity } = alert;
        log.info({ seq, alert: id, event: event.type, rule: rule.id, severity }, 'alert changed');
      }
    });

    const ingest = createIngest({
      store,
      rulebook,
      termsFor,
      hub,
      metrics,
      clock,
      dialects: [native],
      failed: (error, lost) => log.error({ err: error, lost }, 'a batch was not stored as a whole'),
    });
    cleanUps.push(() => ingest.drain());
    const broker = createBroker({
      host: config.host,
      port: config.mqttPort,
      verify: ({ clientId, password }) => verifyDevice(store.directory, clientId, password),
      accept: ingest.accept,
      onPresence: ingest.presence,
      onNotice: (notice) => {
        metrics.brokerNotices.inc({ kind: notice.kind });
        log[worthWarning.has(notice.kind) ? 'warn' : 'debug'](notice, 'broker notice');
      },
      clock,
      limits: overrides.brokerLimits ?? {},
      proxies: config.proxies,
      ...(config.tls === null ? {} : { tls: await readTls(config.tls) }),
    });

    const beat = createSweep({
      store,
      rulebook,
      termsFor,
      hub,
      metrics,
      clock,
      newId: randomUUID,
      failed: (error) => log.error({ err: error }, 'a sweep failed'),
      ...(overrides.sweepEveryMs === undefined ? {} : { everyMs: overrides.sweepEveryMs }),
      ...(overrides.startGraceMs === undefined ? {} : { startGraceMs: overrides.startGraceMs }),
    });
    sweep = beat;
    const readiness = async () => ({
      store: await store.check().then(
        () => true,
        () => false,
      ),
      sweep: clock() - (beat.lastRunAt() ?? -Infinity) < sweepStuckMs,
    });

    const addresses = await listen(store, { ingest, broker, hub, metrics, registry, readiness });
    beat.start();
    cleanUps.push(() => beat.stop());
    await beat.run();
    log.info({ httpPort: addresses.httpPort, mqttPort: addresses.mqttPort }, 'gateway started');
    return addresses;
  }

  interface Parts {
    ingest: ReturnType<typeof createIngest>;
    broker: Broker;
    hub: ReturnType<typeof createHub>;
    metrics: ReturnType<typeof createMetrics>;
    registry: Registry;
    readiness: () => Promise<Readonly<Record<string, boolean>>>;
  }

  /** Opens the doors: HTTP first, so that its port is known to the gate that checks where pages come from. */
  async function listen(store: Store, parts: Parts): Promise<Addresses> {
    const { broker, hub, metrics, registry, readiness } = parts;
    const server = createServer();
    const httpPort = await openServer(server, config.httpPort, config.host);
    cleanUps.push(() => closeServer(server));
    const publicUrl = publicUrlOf(config, httpPort);
    const signIn = createSignIn({ accounts: store.accounts, clock, random: randomBytes });
    const gate = createGate({ signIn, publicUrl, clock });
    const reading = createReading({ overview: store.overview, accessLog: store.accessLog, clock });
    const desk = createAlertDesk({
      store,
      hub,
      termsFor,
      metrics,
      clock,
      failed: (error) => log.error({ err: error }, 'a receipt was not stored'),
    });
    cleanUps.push(() => desk.close());
    const rules = createRuleDesk({
      store,
      templates: readTemplates,
      clock,
      newId: randomUUID,
      changed: (change) => log.info(change, 'rules changed'),
    });
    const stream = createStream({ gate, signIn, reading, desk, hub, clock, log });
    cleanUps.push(() => stream.close());
    const broke = (error: unknown) => log.error({ err: error }, 'a backtest broke off');
    const backtests = createBacktests({
      store,
      startWork: createBacktestThread(join(config.dataDir, 'vaka.db'), broke),
      clock,
      newId: randomUUID,
      told: stream.tellBacktest,
      failed: broke,
    });
    cleanUps.push(() => backtests.close());
    const app = createHttp({
      signIn: {
        ...signIn,
        signOut: async (token) => {
          await signIn.signOut(token);
          stream.endSession(token);
        },
      },
      gate,
      reading,
      rules: createWitnessedRuleDesk(rules, { accessLog: store.accessLog, clock }),
      backtests,
      desk: createWitnessedDesk(desk, { accessLog: store.accessLog, clock }),
      clock,
      log,
      readiness,
      metrics: registry,
      metricsFor: config.metricsFor,
      dashboardFolder,
      proxies: config.proxies,
    });
    server.on('request', app);
    server.on('upgrade', (request, socket, head) => {
      const path = (request.url ?? '').split('?')[0];
      if (path === '/api/v1/stream') stream.handleUpgrade(request, socket, head);
      else if (path === '/mqtt') broker.handleUpgrade(request, socket, head);
      else socket.destroy();
    });
    const { port: mqttPort, tlsPort: mqttsPort } = await broker.start();
    cleanUps.push(() => broker.stop());
    const mqttUrl = mqttUrlOf(config, mqttPort);
    return { publicUrl, mqttUrl, httpPort, mqttPort, mqttsPort };
  }

  async function stop(): Promise<void> {
    for (const cleanUp of cleanUps.splice(0).reverse()) {
      try {
        await cleanUp();
      } catch (error) {
        log.error({ err: error }, 'a part could not be closed');
      }
    }
  }

  return {
    start: async () => {
      try {
        return await start();
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
    sweep: async () => {
      await sweep?.run();
    },
  };
}
