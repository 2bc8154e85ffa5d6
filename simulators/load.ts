import type { EventType } from '../gateway/protocol/catalogue.ts';
import { createDice, pick } from './dice.ts';
import { LoadConnection, type Acknowledged } from './load/load-connection.ts';
import { createTemplate, eventId } from './load/template.ts';
import type { Log } from './stats.ts';

export type { Acknowledged };

export interface LoadOptions {
  /** `mqtt://host:port`; each device gets a connection of its own. */
  mqttUrl: string;
  devices: readonly { id: string; secret: string }[];
  /** Events per second over all devices; absent: as fast as they are acknowledged. */
  rate?: number;
  /** How many events of one device may be unacknowledged. */
  window?: number;
  /** Ends when so many are acknowledged; absent: at the signal. */
  total?: number;
  /** How many of the events are calls for help. */
  alertShare?: number;
  /** Begins every event id, so it must never be used twice for the same devices. */
  run: string;
  seed: string;
  signal: AbortSignal;
  /** Epoch milliseconds; fractions make latencies exact. */
  clock: () => number;
  /** Told of every event as soon as the server acknowledges it. */
  acknowledged: (event: Acknowledged) => void;
  log: Log;
}

export interface LoadStats {
  sent: number;
  acknowledged: number;
  /** Sent again, with the same id, after a connection was lost. */
  repeated: number;
  /** When the first event was sent and the last one acknowledged. */
  startedAt: number;
  endedAt: number;
}

interface Kind {
  type: EventType;
  weight: number;
  data?: Record<string, unknown>;
}

const everyday: Kind[] = [
  { type: 'motion.detected', weight: 30 },
  { type: 'motion.cleared', weight: 30 },
  { type: 'temperature.measured', weight: 15, data: { celsius: 21.5 } },
  { type: 'device.heartbeat', weight: 15 },
  { type: 'door.opened', weight: 5 },
  { type: 'door.closed', weight: 5 },
];
const alerts: Kind[] = [
  { type: 'help.pressed', weight: 3 },
  { type: 'fall.detected', weight: 1, data: { confidence: 0.9 } },
];
const kinds = [...everyday, ...alerts];

const tickMs = 5;
const pingMs = 20_000;
const mostDebtMs = 1_000;
const connectingAtMost = 100;

/**
 * Puts a server under load: every device sends a likely mix of events, unique and over as many connections as it
 * takes, from when all are connected.
 */
export async function load(options: LoadOptions): Promise<LoadStats> {
  const { rate, total = Infinity, signal, clock } = options;
  const stats: LoadStats = { sent: 0, acknowledged: 0, repeated: 0, startedAt: 0, endedAt: 0 };
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  const timers: NodeJS.Timeout[] = [];

  function send(connection: LoadConnection, wanted: number): number {
    const count = connection.send(Math.min(wanted, total - stats.sent));
    stats.sent += count;
    return count;
  }

  function start(): void {
    stats.startedAt = clock();
    if (rate !== undefined) timers.push(keepRate(rate, connections, send, clock));
    else for (const connection of connections) send(connection, connection.room);
  }

  const connections = createConnections(options, {
    start,
    hasRoom: (connection) => {
      if (rate === undefined && stats.startedAt > 0) send(connection, connection.room);
    },
    acknowledged: (event) => {
      stats.acknowledged += 1;
      options.acknowledged(event);
      if (stats.acknowledged >= total) end();
    },
  });

  signal.addEventListener('abort', end);
  if (signal.aborted || connections.length === 0) end();
  for (const connection of connections.slice(0, connectingAtMost)) connection.connect();
  timers.push(setInterval(() => connections.forEach((each) => each.ping()), pingMs));
  await ended;

  stats.endedAt = clock();
  signal.removeEventListener('abort', end);
  for (const timer of timers) clearInterval(timer);
  for (const connection of connections) {
    connection.stop();
    stats.repeated += connection.repeated;
  }
  return stats;
}

interface Observer {
  /** All are connected. */
  start: () => void;
  hasRoom: (connection: LoadConnection) => void;
  acknowledged: (event: Acknowledged) => void;
}

function createConnections(options: LoadOptions, observer: Observer): LoadConnection[] {
  const { mqttUrl, devices, run, window = 32, clock, log } = options;
  const { hostname, port } = new URL(mqttUrl);
  const nextKind = createKindDice(options);
  const unready = new Set<LoadConnection>();
  let begun = connectingAtMost;

  const connections = devices.map(
    (device) =>
      new LoadConnection({
        host: hostname,
        port: Number(port === '' ? 1883 : port),
        device,
        window,
        templates: kinds.map(({ type, data }) => createTemplate(device.id, run, type, data)),
        clock,
        nextKind,
        connected: (connection) => {
          if (!unready.delete(connection)) return;
          connections[begun]?.connect();
          begun += 1;
          if (unready.size === 0) observer.start();
        },
        hasRoom: observer.hasRoom,
        acknowledged: ({ deviceId }, sequence, kind, sentAt) =>
          observer.acknowledged({
            deviceId,
            id: eventId(run, sequence),
            type: kinds[kind]?.type ?? 'unknown',
            sentAt,
            at: clock(),
          }),
        failed: (deviceId, reason) => log('The connection failed.', { deviceId, reason }),
      }),
  );
  for (const connection of connections) unready.add(connection);
  return connections;
}

/** Shares the rate among the devices in turn; what a stopped server held up is made good for a second at most. */
function keepRate(
  rate: number,
  connections: readonly LoadConnection[],
  send: (connection: LoadConnection, wanted: number) => number,
  clock: () => number,
): NodeJS.Timeout {
  let owed = 0;
  let turn = 0;
  let before = clock();
  return setInterval(() => {
    const now = clock();
    owed = Math.min(owed + ((now - before) * rate) / 1000, (mostDebtMs * rate) / 1000);
    before = now;
    const each = Math.ceil(owed / connections.length);
    for (let count = 0; count < connections.length && owed >= 1; count += 1) {
      const connection = connections[turn % connections.length];
      turn += 1;
      if (connection !== undefined) owed -= send(connection, Math.min(each, Math.floor(owed)));
    }
  }, tickMs);
}

/** Throws for the next kind of event, from a table made once. */
function createKindDice({ seed, alertShare = 0 }: LoadOptions): () => number {
  const dice = createDice(seed, 'kind');
  const usual = everyday.flatMap(({ weight }, index) => Array<number>(weight).fill(index));
  const urgent = alerts.flatMap(({ weight }, index) =>
    Array<number>(weight).fill(everyday.length + index),
  );
  return () => pick(dice, dice() < alertShare ? urgent : usual) ?? 0;
}
