import { setTimeout as sleep } from 'node:timers/promises';

import { createDice, pick } from '../../simulators/dice.ts';
import { LoadConnection } from '../../simulators/load/load-connection.ts';
import { createTemplate, eventId } from '../../simulators/load/template.ts';
import { clockWith } from './clock.ts';
import { kinds } from './mix.ts';
import { quantile } from './quantile.ts';
import { offerTask } from './task.ts';

export interface LoadOrder {
  mqttUrl: string;
  devices: readonly { id: string; secret: string }[];
  clockOffset: number;
  /** Events per second over all devices; null: as fast as they are acknowledged. */
  rate: number | null;
  /** Unacknowledged events per connection, at the most. */
  window: number;
  /** The share of events that are calls for help, 0 to 1. */
  callShare: number;
  warmUpMs: number;
  measureMs: number;
  seed: string;
}

export interface LoadReport {
  /** Acknowledged per second, while it was measured. */
  perSecond: number;
  acknowledged: number;
  /** From the socket being given the event until its PUBACK, in milliseconds. */
  ackP50: number;
  ackP99: number;
  eventBytes: number;
  /** When each call for help was handed to the socket, while it was measured. */
  calls: Map<string, number>;
  failures: number;
}

const tickMs = 2;
const connectingAtMost = 50;
const drainsWithinMs = 5_000;

offerTask(async (order: LoadOrder, { ready, signal }) => {
  const { devices, measureMs, warmUpMs, rate } = order;
  const clock = clockWith(order.clockOffset);
  const calls = new Map<string, number>();
  const waits: number[] = [];
  let from = Infinity;
  let until = Infinity;
  let failures = 0;
  let stopped = false;
  let eventBytes = 0;
  const dice = createDice(order.seed, 'kind');
  const allConnected = Promise.withResolvers<void>();
  let connected = 0;

  const connections = devices.map((device, index) => {
    const run = `${order.seed}-${index}`;
    const templates = kinds.map(({ type, data }) => createTemplate(device.id, run, type, data));
    eventBytes = templates[0]?.bytes.length ?? 0;
    const { hostname, port } = new URL(order.mqttUrl);
    return new LoadConnection({
      host: hostname,
      port: Number(port),
      device,
      templates,
      window: order.window,
      clock,
      nextKind: createNextKind(dice, order.callShare),
      connected: () => {
        connected += 1;
        connections[connected + connectingAtMost - 1]?.connect();
        if (connected === devices.length) allConnected.resolve();
      },
      acknowledged: (_, sequence, kind, sentAt) => {
        const at = clock();
        if (sentAt >= from && sentAt < until && kinds[kind]?.isCall === true) {
          calls.set(eventId(run, sequence), sentAt);
        }
        if (at >= from && at < until) waits.push(at - sentAt);
      },
      hasRoom: (connection) => {
        if (rate === null && from < Infinity && !stopped) connection.send(connection.room);
      },
      failed: () => {
        failures += 1;
      },
    });
  });
  for (const connection of connections.slice(0, connectingAtMost)) connection.connect();
  await allConnected.promise;
  ready(null);

  from = clock() + warmUpMs;
  until = from + measureMs;
  const pace = rate === null ? null : keepRate(rate, connections, clock);
  if (pace === null) for (const connection of connections) connection.send(connection.room);
  while (clock() < until && !signal.aborted) await sleep(10);
  stopped = true;
  if (pace !== null) clearInterval(pace);
  const open = () => connections.some(({ room }) => room < order.window);
  for (const end = clock() + drainsWithinMs; open() && clock() < end;) await sleep(10);
  for (const connection of connections) connection.stop();
  const report: LoadReport = {
    perSecond: (waits.length * 1000) / measureMs,
    acknowledged: waits.length,
    ackP50: quantile(waits, 0.5),
    ackP99: quantile(waits, 0.99),
    eventBytes,
    calls,
    failures,
  };
  return report;
});

function keepRate(
  rate: number,
  connections: readonly LoadConnection[],
  clock: () => number,
): NodeJS.Timeout {
  let owed = 0;
  let turn = 0;
  let before = clock();
  return setInterval(() => {
    const now = clock();
    owed = Math.min(owed + ((now - before) * rate) / 1000, rate);
    before = now;
    for (let tries = 0; owed >= 1 && tries < connections.length; tries += 1) {
      owed -= connections[turn % connections.length]?.send(1) ?? 0;
      turn += 1;
    }
  }, tickMs);
}

function createNextKind(dice: () => number, callShare: number): () => number {
  const weighted = (isCall: boolean) =>
    kinds.flatMap((kind, index) =>
      kind.isCall === isCall ? Array<number>(kind.weight).fill(index) : [],
    );
  const everyday = weighted(false);
  const calls = weighted(true);
  return () => pick(dice, dice() < callShare ? calls : everyday) ?? 0;
}
