import { type RawData, WebSocket } from 'ws';

import type { AlertChange, ServerMessage } from '../../gateway/protocol/stream.ts';
import { heartbeatMs } from '../../gateway/protocol/stream.ts';
import { clockWith } from './clock.ts';
import { offerTask } from './task.ts';

export interface ScreensOrder {
  httpUrl: string;
  cookies: readonly string[];
  clockOffset: number;
}

export interface ScreensReport {
  /** For each event, when each of the measuring screens was told of it. */
  told: Map<string, number[]>;
  changes: number;
  receipts: number;
  closed: number;
}

const measuringEvery = 5;
const framesKept = 64;
/** A browser draws at most this often, and sends its receipts when it has drawn. */
const drawsEveryMs = 16;

offerTask(async (order: ScreensOrder, { ready, signal }) => {
  const clock = clockWith(order.clockOffset);
  const report: ScreensReport = { told: new Map(), changes: 0, receipts: 0, closed: 0 };
  const parse = createParser();
  const finished = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => finished.resolve());

  function hear(message: ServerMessage, at: number, isMeasuring: boolean, drawn: Drawn): void {
    if (message.type !== 'changes') return;
    for (const { event, alert } of message.changes) {
      if (isMeasuring && event.eventId !== null) note(event.eventId, at);
      drawn.set(alert.id, alert);
    }
    if (isMeasuring) report.changes += message.changes.length;
  }

  function note(eventId: string, at: number): void {
    const times = report.told.get(eventId);
    if (times === undefined) report.told.set(eventId, [at]);
    else times.push(at);
  }

  function open(cookie: string, index: number): Promise<WebSocket> {
    const socket = new WebSocket(`${order.httpUrl.replace('http', 'ws')}/api/v1/stream`, {
      headers: { cookie, origin: order.httpUrl },
      perMessageDeflate: false,
    });
    const { promise, resolve, reject } = Promise.withResolvers<WebSocket>();
    const drawn: Drawn = new Map();
    const isMeasuring = index % measuringEvery === 0;
    const send = (message: unknown) => socket.send(JSON.stringify(message));
    const timers = [
      setInterval(() => send({ type: 'heartbeat' }), heartbeatMs),
      setInterval(() => {
        for (const id of drawn.keys()) send({ type: 'seen', alert: id });
        report.receipts += drawn.size;
        drawn.clear();
      }, drawsEveryMs),
    ];
    socket.on('open', () => send({ type: 'hello', cursor: null }));
    socket.on('message', (data: RawData) => {
      const at = clock();
      const message = parse(data as Buffer);
      if (message.type === 'welcome') resolve(socket);
      hear(message, at, isMeasuring, drawn);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      report.closed += 1;
      timers.forEach((timer) => clearInterval(timer));
    });
    return promise;
  }

  const sockets = await Promise.all(order.cookies.map(open));
  ready(null);
  await finished.promise;
  const { closed } = report;
  sockets.forEach((socket) => socket.terminate());
  return { ...report, closed };
});

type Drawn = Map<string, AlertChange['alert']>;

/** Parses a frame once for all the screens of this process; on real screens each has a machine of its own for it. */
function createParser(): (data: Buffer) => ServerMessage {
  const known = new Map<string, ServerMessage>();
  return (data) => {
    // A frame's first bytes hold its type and seq, its length tells audiences apart.
    const key = `${data.length} ${data.subarray(0, 48).toString('latin1')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const message = JSON.parse(data.toString()) as ServerMessage;
    const [oldest] = known.keys();
    if (known.size >= framesKept && oldest !== undefined) known.delete(oldest);
    known.set(key, message);
    return message;
  };
}
