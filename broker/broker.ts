import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { createAedesBroker, gateOf } from './aedes-broker.ts';
import { createAuthentication, type Verify } from './authentication.ts';
import { type Caller, isLoopbackHost } from './caller.ts';
import { Connections, type Presence } from './connections.ts';
import { createErrorReport } from './error-report.ts';
import { Gate } from './gate.ts';
import { createHooks } from './hooks.ts';
import { defaultLimits, type Limits } from './limits.ts';
import {
  createTcpListener,
  createTlsListener,
  type ServerCertificate,
  type TlsOptions,
} from './listener.ts';
import type { BrokerNotice } from './notice.ts';
import { SessionStore } from './session-store.ts';
import { TokenBuckets } from './token-bucket.ts';
import { type Accept, createUplink } from './uplink.ts';
import { createWebSocketDoor } from './web-socket.ts';

export type { Proof, Verify } from './authentication.ts';
export type { Presence } from './connections.ts';
export type { Limits, Rate } from './limits.ts';
export type { ServerCertificate, TlsOptions } from './listener.ts';
export type { BrokerNotice, LoginRefusal, ProofRefusal } from './notice.ts';
export type { Accept, Accepted } from './uplink.ts';

export interface BrokerOptions {
  host: string;
  /** 0 is any free port; so with `tls.port`. */
  port: number;
  /**
   * Whether passwords may come over connections that others can read; no when left out. Then the port without TLS
   * opens for this machine alone, whatever the host, so that no password is sent in vain.
   */
  allowPlain?: boolean;
  tls?: TlsOptions;
  /** How many proxies in front of WebSockets to believe about whom they speak for; 0 when left out. */
  proxies?: number;
  /** Whether those proxies are reached over https; no when left out. */
  isHttps?: boolean;
  verify: Verify;
  accept: Accept;
  /** By connection and not by id: a take-over changes nothing, and neither does our own stop. */
  onPresence?: (presence: Presence) => void;
  onNotice?: (notice: BrokerNotice) => void;
  clock?: () => number;
  limits?: Partial<Limits>;
}

interface DownlinkOptions {
  qos?: 0 | 1;
  retain?: boolean;
}

/** The MQTT 3.1.1 front door; it keeps no messages of devices, and forgets its sessions when it stops. */
export interface Broker {
  start: () => Promise<{ port: number; tlsPort: number | null }>;
  /** Cuts every connection within two seconds, and tells nobody: no wills, no presence. */
  stop: () => Promise<void>;
  /** Takes over an HTTP server's upgrade, for MQTT over WebSocket. */
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Resolves when the message is on its way, or queued for a device that is away. */
  publish: (topic: string, payload: string, options?: DownlinkOptions) => Promise<void>;
  isConnected: (deviceId: string) => boolean;
  /** Ends the device's connections without its will, for example when its credentials are revoked. */
  disconnect: (deviceId: string) => void;
  /** Shows who connects from now on another certificate; throws when it does not fit its key. */
  renewCertificate: (certificate: ServerCertificate) => void;
}

const sweepMs = 60_000;

export function createBroker(options: BrokerOptions): Broker {
  const { host, tls, onPresence, onNotice, clock = Date.now, allowPlain = false } = options;
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const notice = onNotice ?? (() => {});
  let state: 'new' | 'running' | 'stopped' = 'new';
  let sweep: NodeJS.Timeout | undefined;

  const sessions = new SessionStore(limits, clock, notice);
  const buckets = new TokenBuckets(limits.messages);
  const connections = new Connections((deviceId, connected) => {
    if (state === 'running') onPresence?.({ deviceId, connected, at: clock() });
  });
  const report = createErrorReport(limits, clock, (topic, payload) => {
    route({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false }, () => {});
  });
  const takeUplink = createUplink({
    accept: options.accept,
    connections,
    sessions,
    report,
    notice,
    isStopping: () => state !== 'running',
  });
  const authenticate = createAuthentication(options.verify, limits, () => performance.now());
  const { aedes, route } = createAedesBroker({
    ...createHooks({ authenticate, takeUplink, connections, limits, allowPlain, notice }),
    persistence: sessions,
    // No limit on deliveries under way: a device that does not read must not hold up the others.
    concurrency: 0,
    connectTimeout: limits.connectTimeoutMs,
    drainTimeout: limits.drainTimeoutMs,
  });
  const webSockets = createWebSocketDoor({
    maxPacketBytes: limits.maxPacketBytes,
    proxies: options.proxies ?? 0,
    isHttps: options.isHttps ?? false,
    connect,
  });
  const events = {
    connected: connect,
    failed: (cause: unknown) => notice({ kind: 'listener-error', cause }),
  };
  const tcp = createTcpListener(events);
  const secure = tls && createTlsListener(tls, limits, events);
  const gateEvents = {
    refused: (
      { deviceId, address }: Gate,
      { clause, oversize }: { clause: string; oversize?: number },
    ) =>
      notice(
        oversize === undefined
          ? { kind: 'protocol-violation', deviceId, address, clause }
          : { kind: 'oversize', deviceId, address, bytes: oversize },
      ),
    throttled: ({ deviceId }: Gate, by: 'rate' | 'in-flight') =>
      notice({ kind: 'throttled', deviceId: deviceId ?? '', by }),
    silent: ({ deviceId }: Gate, seconds: number) => notice({ kind: 'silent', deviceId, seconds }),
  };

  function connect(transport: Duplex, caller: Caller): Gate | null {
    if (state !== 'running' || connections.size >= limits.maxConnections) {
      notice({
        kind: 'connection-refused',
        reason: 'too-many-connections',
        address: caller.address,
      });
      transport.on('error', () => {});
      transport.destroy();
      return null;
    }
    const gate = new Gate(transport, caller, limits, gateEvents);
    connections.add(gate);
    aedes.handle(gate);
    return gate;
  }

  async function stop(): Promise<void> {
    if (state !== 'running') return;
    state = 'stopped';
    clearInterval(sweep);
    connections.abortAll();
    tcp.close();
    secure?.close();
    webSockets.close();
    await new Promise<void>((resolve) => {
      aedes.close(resolve);
    });
  }

  aedes.on('client', (client) => connections.registered(gateOf(client)));
  aedes.on('clientReady', (client) => {
    gateOf(client).open(buckets.of(client.id, performance.now()));
  });
  for (const event of ['clientError', 'connectionError'] as const) {
    aedes.on(event, (client, cause) => {
      const gate = gateOf(client);
      const { deviceId, address } = gate;
      if (!gate.explained) notice({ kind: 'connection-error', deviceId, address, cause });
      gate.explained = true;
    });
  }
  (aedes as NodeJS.EventEmitter).on('error', events.failed);

  return {
    start: async () => {
      if (state !== 'new') throw new Error('A broker starts once.');
      await aedes.listen();
      state = 'running';
      sweep = setInterval(() => sessions.sweep((id) => connections.isPresent(id)), sweepMs);
      try {
        const plainHost = allowPlain || isLoopbackHost(host) ? host : '127.0.0.1';
        const port = await tcp.listen(plainHost, options.port);
        const tlsPort = secure && tls ? await secure.listen(host, tls.port) : null;
        return { port, tlsPort };
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
    handleUpgrade: (request, socket, head) => webSockets.upgrade(request, socket, head),
    publish: async (topic, payload, { qos = 0, retain = false } = {}) => {
      if (state !== 'running') throw new Error('The broker is not running.');
      route({ cmd: 'publish', topic, payload, qos, retain, dup: false }, (cause) => {
        if (cause) notice({ kind: 'listener-error', cause });
      });
    },
    isConnected: (deviceId) => connections.isPresent(deviceId),
    disconnect: (deviceId) => connections.cut(deviceId),
    renewCertificate: (certificate) => secure?.renew(certificate),
  };
}
