import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';

import { type Logger, pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';

import type { Broker, Limits } from '../broker/broker.ts';
import { createBacktestThread } from './backtest-thread.ts';
import type { BrokerBridge } from './bridge/broker-bridge.ts';
import { createBridging, createDownlink, createHubSide } from './bridging.ts';
import { type Config, mqttUrlOf, publicUrlOf } from './config.ts';
import { createDesks } from './desks.ts';
import { dialects } from './dialects/list.ts';
import { type TermsFor, termsOf } from './domain/duty/terms.ts';
import type { RuleSet } from './domain/home/rule-set.ts';
import type { Hub } from './domain/hub.ts';
import type { Scope } from './domain/scope.ts';
import type { Store } from './domain/store.ts';
import { openFrontDoor } from './front-door.ts';
import { createGate } from './http/gate.ts';
import { createHttp } from './http/http.ts';
import { closeServer, openServer } from './http/server.ts';
import { createIdentity, type Identity } from './identity.ts';
import { channelsOf, createNotification, type NotificationParts } from './notification.ts';
import type { ClosableAlertDesk } from './services/alert-desk.ts';
import { createBacktests } from './services/backtest.ts';
import { createHub } from './services/hub.ts';
import { createIngest, type Ingest } from './services/ingest.ts';
import { createMetrics, type Metrics } from './services/metrics.ts';
import type { Dispatcher } from './services/outbox.ts';
import { createReading } from './services/reading.ts';
import { createRulebook, fixedRulebook } from './services/rulebook.ts';
import { createSignIn } from './services/sign-in.ts';
import { createSweep, type Sweep } from './services/sweep.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import { createTelemetry, type Telemetry } from './telemetry.ts';
import { createWatching } from './watching.ts';
import { createStream, type Stream } from './ws/stream.ts';

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
  /** Sweeps now, sends what is due, and keeps the receipts that have come, for those who hold the clock. */
  sweep: () => Promise<void>;
  /** Writes all history there is now, for those who hold the clock; rejects where it cannot be written. */
  settleHistory: () => Promise<void>;
}

/** A sweep that has not ended for so long means that nothing escalates any more. */
const sweepStuckMs = 30_000;
const dashboardFolder = new URL('../dashboard/dist', import.meta.url).pathname;

/** The only place that knows all the parts. */
export function createGateway(config: Config, overrides: GatewayOverrides = {}): Gateway {
  const clock = overrides.clock ?? Date.now;
  const log = overrides.log ?? pino({ level: config.logLevel });
  const channels = channelsOf(config);
  const termsFor: TermsFor = async (ledger) =>
    termsOf(await ledger.arrangements(), randomUUID, channels);
  const cleanUps: (() => Promise<void> | void)[] = [];
  let sweep: Sweep | null = null;
  let dispatcher: Dispatcher | null = null;
  let desk: ClosableAlertDesk | null = null;
  let telemetry: Telemetry | null = null;

  async function start(): Promise<Addresses> {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    const store = await openSqliteStore(join(config.dataDir, 'vaka.db'));
    cleanUps.push(() => store.close());
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const metrics = createMetrics(registry);
    const hub = createHub((error) => log.error({ err: error }, 'a screen could not be told'));
    hub.subscribe((changes) => {
      for (const { seq, event, alert } of changes) {
        const { id, rule, severity } = alert;
        log.info({ seq, alert: id, event: event.type, rule: rule.id, severity }, 'alert changed');
      }
    });
    telemetry = createTelemetry({ metrics, config, clock, log });
    cleanUps.push(telemetry.stop);
    const shared = { store, hub, metrics, termsFor, telemetry, clock };
    let screens: () => readonly Scope[] = () => [];
    let bridge: BrokerBridge | null = null;
    const watching = createWatching({
      ...shared,
      config,
      log,
      screens: () => screens(),
      externalBroker: () => bridge?.status() ?? null,
      history: telemetry.picture,
    });
    const rulebook =
      overrides.rules === undefined
        ? createRulebook({
            unusable: (rule) => {
              metrics.unusableRules.inc();
              watching.noteUnusable(rule);
              log.error(rule, 'a rule in force cannot be used');
            },
          })
        : fixedRulebook(overrides.rules);
    await watching.begin();

    const ingest = createIngest({
      ...shared,
      rulebook,
      dialects,
      failed: (error, lost) => log.error({ err: error, lost }, 'a batch was not stored as a whole'),
    });
    cleanUps.push(() => ingest.drain());
    const identity = createIdentity({ config, store, metrics, clock, log });
    const limits = overrides.brokerLimits ?? {};
    const broker = await openFrontDoor({ config, ingest, identity, clock, limits });
    bridge = await createBridging({ ...shared, config, ingest, log });
    const server = createServer();
    const httpPort = await openServer(server, config.httpPort, config.host);
    cleanUps.push(() => closeServer(server));
    const publicUrl = publicUrlOf(config, httpPort);
    const notification = createNotification({
      ...shared,
      config,
      log,
      publicUrl,
      ...createDownlink(broker, bridge),
    });
    cleanUps.push(() => notification.close());
    dispatcher = notification.dispatcher;
    hub.subscribe(() => notification.dispatcher.pokeSoon());

    const beat = createSweep({
      ...shared,
      rulebook,
      newId: randomUUID,
      failed: (error) => log.error({ err: error }, 'a sweep failed'),
      beforehand: watching.beforeSweep,
      afterwards: async () => {
        notification.dispatcher.poke();
        await watching.swept();
      },
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
    const stream = serve(server, {
      ...shared,
      broker,
      identity,
      ingest,
      notification,
      registry,
      readiness,
      publicUrl,
    });
    screens = () => stream.connectedScopes().map(({ scope }) => scope);
    const ports = await broker.start();
    const { port: mqttPort, tlsPort: mqttsPort } = ports;
    cleanUps.push(() => broker.stop());
    await identity.begin(broker, ports);
    cleanUps.push(() => identity.stop());
    bridge?.start();
    cleanUps.push(() => bridge?.stop());
    cleanUps.push(watching.startDeadMan());
    beat.start();
    cleanUps.push(() => beat.stop());
    await beat.run();
    telemetry.start();
    log.info({ httpPort, mqttPort }, 'gateway started');
    return { publicUrl, mqttUrl: mqttUrlOf(config, mqttPort), httpPort, mqttPort, mqttsPort };
  }

  interface Parts {
    store: Store;
    hub: Hub;
    metrics: Metrics;
    telemetry: Telemetry;
    broker: Broker;
    identity: Identity;
    ingest: Ingest;
    notification: NotificationParts;
    registry: Registry;
    readiness: () => Promise<Readonly<Record<string, boolean>>>;
    publicUrl: string;
  }

  /** Answers browsers: the API, the stream, and MQTT over WebSocket. */
  function serve(server: Server, parts: Parts): Stream {
    const { store, hub, metrics, broker, notification, registry, readiness, publicUrl } = parts;
    const signIn = createSignIn({ accounts: store.accounts, clock, random: randomBytes });
    const gate = createGate({ signIn, publicUrl, clock });
    const reading = createReading({ overview: store.overview, accessLog: store.accessLog, clock });
    const { alerts, ...desks } = createDesks({
      store,
      hub,
      metrics,
      termsFor,
      channels,
      clock,
      log,
      telemetry: parts.telemetry,
      database: join(config.dataDir, 'vaka.db'),
      mqttUrl: parts.identity.mqttUrl,
      disconnected: broker.disconnect,
    });
    desk = alerts;
    cleanUps.push(() => alerts.close());
    cleanUps.push(desks.reports.close);
    const stream = createStream({ gate, signIn, reading, desk: alerts, hub, clock, log });
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
      ...desks,
      ...parts.identity.desks,
      ...createHubSide({ ...parts, config, clock }),
      signIn: {
        ...signIn,
        signOut: async (token) => {
          await signIn.signOut(token);
          stream.endSession(token);
        },
      },
      gate,
      reading,
      backtests,
      endpoints: notification.endpoints,
      push: notification.push,
      clock,
      log,
      readiness,
      metrics: registry,
      metricsFor: config.metricsFor,
      dashboardFolder,
      proxies: config.proxies,
      plainFor: config.plainMqttFor,
    });
    server.on('request', app);
    server.on('upgrade', (request, socket, head) => {
      const path = (request.url ?? '').split('?')[0];
      if (path === '/api/v1/stream') stream.handleUpgrade(request, socket, head);
      else if (path === '/mqtt') broker.handleUpgrade(request, socket, head);
      else socket.destroy();
    });
    return stream;
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
      await dispatcher?.run();
      await desk?.settle();
    },
    settleHistory: async () => telemetry?.settle(),
  };
}
