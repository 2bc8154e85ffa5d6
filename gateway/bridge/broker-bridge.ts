import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import type { DeviceError } from '../protocol/event.ts';
import { errorsTopic, parseUplink } from '../protocol/topic.ts';
import { type Link, openLink, type Received } from './broker-link.ts';

/** Where somebody else's broker is, and as whom we speak to it. */
export interface BrokerAddress {
  host: string;
  port: number;
  isTls: boolean;
  username?: string;
  password?: string;
  /** The authority of its certificate, in PEM; those that this system trusts without it. */
  ca?: Buffer | string;
}

export type BridgeNotice =
  | { kind: 'connected' }
  /** The broker has forgotten us: what was published while we were away is lost. */
  | { kind: 'session-lost' }
  | { kind: 'lost'; why: string; retryMs: number }
  /** Told once for each device. */
  | { kind: 'unknown-device'; deviceId: string }
  | { kind: 'unusable-topic'; topic: string }
  | { kind: 'oversize'; deviceId: string; bytes: number };

export interface BridgeOptions {
  address: BrokerAddress;
  clientId: string;
  filter: string;
  accept: (
    deviceId: string,
    topic: string,
    payload: Buffer,
    isRepeat: boolean,
  ) => Promise<{ refused: string | null }>;
  /** Those of these devices that may tell us something. */
  inUse: (deviceIds: readonly string[]) => Promise<ReadonlySet<string>>;
  notice: (notice: BridgeNotice) => void;
  clock: () => number;
  limits?: Partial<BridgeLimits>;
}

export interface BridgeLimits {
  payloadBytes: number;
  inFlight: number;
  inFlightBytes: number;
  keepAliveMs: number;
  /** From the first try until we are subscribed. */
  openMs: number;
  /** The first wait before another try; each further one is twice as long, up to `retryAtMostMs`. */
  retryMs: number;
  retryAtMostMs: number;
  /** How long a stop waits for what is being stored. */
  closeMs: number;
}

const defaults: BridgeLimits = {
  payloadBytes: 256 * 1_024,
  inFlight: 2_000,
  inFlightBytes: 16 * 1_024 * 1_024,
  keepAliveMs: 30_000,
  openMs: 15_000,
  retryMs: 500,
  retryAtMostMs: 30_000,
  closeMs: 5_000,
};

export interface BridgeStatus {
  isConnected: boolean;
  since: number;
  why: string | null;
  forgotAt: number | null;
}

/** Takes what devices publish on somebody else's broker; devices are those that its rules of access say. */
export interface BrokerBridge {
  start: () => void;
  /** Keeps what has come, acknowledges it, and leaves the session for the next start. */
  stop: () => Promise<void>;
  /**
   * Since when we are connected and subscribed, or not, and when it last turned out that our session there was gone with
   * what it held; in epoch milliseconds.
   */
  status: () => BridgeStatus;
  /** Whether this device has told us something by this way since we started. */
  hasHeard: (deviceId: string) => boolean;
  /** Resolves when the broker has it; rejects when we are not connected. */
  publish: (topic: string, payload: string) => Promise<void>;
}

/** What we publish ourselves, and so need not hear; `frames` are not kept. */
const ownTopics: ReadonlySet<string> = new Set(['errors', 'commands', 'config', 'frames']);
const unknownAtMost = 1_000;
const reportEveryMs = 1_000;

export function createBrokerBridge(options: BridgeOptions): BrokerBridge {
  const { address, clock, notice } = options;
  const limits: BridgeLimits = { ...defaults, ...options.limits };
  const unknown = new Set<string>();
  /** When each device was last told what it did wrong. */
  const heard = new Map<string, number>();
  let link: Link | null = null;
  let status: BridgeStatus = { isConnected: false, since: clock(), why: null, forgotAt: null };
  let stopping: AbortController | null = null;
  let running: Promise<void> = Promise.resolve();
  let before: Promise<unknown> = Promise.resolve();
  let failures = 0;
  let hasBeenConnected = false;

  function note(isConnected: boolean, why: string | null): void {
    const since = isConnected === status.isConnected ? status.since : clock();
    status = { ...status, isConnected, since, why };
  }

  /** Each lot waits for the one before it, so that order holds while devices are looked up. */
  function receive(messages: readonly Received[]): readonly Promise<void>[] {
    const senders = messages.map(senderOf);
    const ids = [...new Set(senders)].filter((id) => id !== null);
    const known = ids.length === 0 ? Promise.resolve(new Set<string>()) : options.inUse(ids);
    const handed = Promise.all([known, before]).then(([inUse]) =>
      messages.map((message, index) => hand(message, senders[index] ?? null, inUse)),
    );
    before = handed.catch(() => {});
    return messages.map((_, index) => handed.then((all) => all[index]));
  }

  /** Null for what is of no use, which is passed over. */
  function senderOf({ topic, payload }: Received): string | null {
    const uplink = parseUplink(topic);
    if (uplink === null) {
      notice({ kind: 'unusable-topic', topic: topic.slice(0, 200) });
      return null;
    }
    const { deviceId, rest } = uplink;
    if (ownTopics.has(rest.split('/')[0] ?? '')) return null;
    if (payload.length <= limits.payloadBytes) return deviceId;
    notice({ kind: 'oversize', deviceId, bytes: payload.length });
    return null;
  }

  async function hand(
    { topic, payload, isRepeat }: Received,
    deviceId: string | null,
    inUse: ReadonlySet<string>,
  ): Promise<void> {
    if (deviceId === null) return;
    if (!inUse.has(deviceId)) {
      if (unknown.has(deviceId)) return;
      if (unknown.size >= unknownAtMost) unknown.clear();
      unknown.add(deviceId);
      notice({ kind: 'unknown-device', deviceId });
      return;
    }
    if (!heard.has(deviceId)) heard.set(deviceId, -Infinity);
    const { refused } = await options.accept(deviceId, topic, payload, isRepeat);
    if (refused !== null) report(deviceId, topic, refused);
  }

  function report(deviceId: string, topic: string, reason: string): void {
    const at = clock();
    if (at - (heard.get(deviceId) ?? -Infinity) < reportEveryMs) return;
    heard.set(deviceId, at);
    const error: DeviceError = { reason, topic, at: new Date(at).toISOString() };
    // The reason stands in the store too; a device that is away misses only the message.
    publish(errorsTopic(deviceId), JSON.stringify(error)).catch(() => {});
  }

  function publish(topic: string, payload: string): Promise<void> {
    if (link === null || !status.isConnected) {
      return Promise.reject(new Error('The broker is not connected.'));
    }
    return link.publish(topic, payload);
  }

  async function connectOnce(signal: AbortSignal): Promise<string> {
    const { username, password } = address;
    const opening = openLink({
      socket: connect(address),
      clientId: options.clientId,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      filter: options.filter,
      receive,
      keepAliveMs: limits.keepAliveMs,
      inFlightAtMost: limits.inFlight,
      inFlightBytesAtMost: limits.inFlightBytes,
    });
    link = opening;
    const late = setTimeout(
      () => opening.abort(new Error('The broker does not answer.')),
      limits.openMs,
    );
    try {
      const { sessionPresent } = await opening.opened;
      if (hasBeenConnected && !sessionPresent) {
        status = { ...status, forgotAt: clock() };
        notice({ kind: 'session-lost' });
      }
      hasBeenConnected = true;
      failures = 0;
      note(true, null);
      notice({ kind: 'connected' });
    } catch {
      // Why is what it closes with.
    } finally {
      clearTimeout(late);
    }
    const leave = () => void opening.close(limits.closeMs);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    const why = await opening.closed;
    signal.removeEventListener('abort', leave);
    link = null;
    return why.message;
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const why = await connectOnce(signal);
      note(false, why);
      if (signal.aborted) return;
      const retryMs = Math.min(limits.retryMs * 2 ** failures, limits.retryAtMostMs);
      failures = Math.min(failures + 1, 20);
      notice({ kind: 'lost', why, retryMs });
      await pause(retryMs, signal);
    }
  }

  return {
    start: () => {
      if (stopping !== null) return;
      stopping = new AbortController();
      running = run(stopping.signal);
    },
    stop: async () => {
      stopping?.abort();
      await running;
    },
    status: () => status,
    hasHeard: (deviceId) => heard.has(deviceId),
    publish,
  };
}

function connect({ host, port, isTls, ca }: BrokerAddress): Socket {
  if (!isTls) return connectTcp({ host, port, noDelay: true });
  return connectTls({
    host,
    port,
    minVersion: 'TLSv1.2',
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    resolve();
  });
  return promise;
}
