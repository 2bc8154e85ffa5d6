import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect as openSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import mqtt from 'mqtt';
import packets, { type Packet } from 'mqtt-packet';

import { eventsTopic } from '../../gateway/protocol/topic.ts';
import { createDice, type Dice } from '../../simulators/dice.ts';
import { type ServerProcess, startServer } from '../bench/server-process.ts';
import { buildTown, type TownDevice } from '../bench/town.ts';

/** Whatever happens, nothing of it runs longer. */
const endsWithinMs = 600_000;
/** A connection that the client has ended is closed within so long. */
const closesWithinMs = 15_000;
const atOnce = 20;

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '2500' },
    seed: { type: 'string', default: String(Date.now()) },
  },
});

interface Outcome {
  closed: number;
  stuck: number;
  /** The longest time from the client's end to the server's. */
  slowestMs: number;
}

/** What a device says in an ordinary session, some of it as a hub does. */
function sessionOf({ id, secret }: TownDevice, dice: Dice): Packet[] {
  const topics = ['events', 'zigbee2mqtt/hall', 'zigbee2mqtt/bridge/devices', 'frigate/events'];
  const payloads = [
    `{"id":"${Math.floor(dice() * 1e9)}","type":"motion.detected"}`,
    '{"contact":false,"battery":81,"linkquality":120}',
    '[{"ieee_address":"0x00158d0001a2b3c4","friendly_name":"hall","type":"EndDevice"}]',
    '{"type":"update","before":{},"after":{"id":"1.2-x","camera":"hall","label":"person"}}',
  ];
  const publish = (messageId: number): Packet => ({
    cmd: 'publish',
    topic: `vaka/v1/${id}/${topics[Math.floor(dice() * topics.length)] ?? ''}`,
    payload: payloads[Math.floor(dice() * payloads.length)] ?? '',
    qos: dice() < 0.7 ? 1 : 2,
    messageId,
    dup: dice() < 0.2,
    retain: false,
  });
  return [
    {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clientId: id,
      username: id,
      password: Buffer.from(secret),
      clean: dice() < 0.5,
      keepalive: Math.floor(dice() * 100),
    },
    { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: `vaka/v1/${id}/#`, qos: 1 }] },
    ...Array.from({ length: 1 + Math.floor(dice() * 8) }, (_, index) => publish(index + 2)),
    { cmd: 'pingreq' },
    ...(dice() < 0.5 ? [{ cmd: 'disconnect' } as const] : []),
  ];
}

/** Flips, drops, repeats, inserts, or cuts, a few times; one in ten is left as it is. */
function mutate(whole: Buffer, dice: Dice): Buffer {
  let bytes = whole;
  const changes = Math.floor(dice() * 6);
  for (let change = 0; change < changes; change += 1) {
    const at = Math.floor(dice() * bytes.length);
    const length = 1 + Math.floor(dice() * 12);
    const before = bytes.subarray(0, at);
    const after = bytes.subarray(at);
    const kind = Math.floor(dice() * 5);
    if (kind === 0) {
      bytes = Buffer.from(bytes);
      bytes[at] = Math.floor(dice() * 256);
    } else if (kind === 1) {
      bytes = Buffer.concat([before, bytes.subarray(at + length)]);
    } else if (kind === 2) {
      bytes = Buffer.concat([before, bytes.subarray(at, at + length), after]);
    } else if (kind === 3) {
      const more = Uint8Array.from({ length }, () => Math.floor(dice() * 256));
      bytes = Buffer.concat([before, more, after]);
    } else {
      bytes = Buffer.from(before);
    }
  }
  return bytes;
}

/** Sends a session in pieces, ends its side, and waits for the server to end the other. */
async function play(port: number, bytes: Buffer, dice: Dice): Promise<number | null> {
  const socket = openSocket({ port, host: '127.0.0.1', allowHalfOpen: true });
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    socket.on('end', () => socket.end());
  });
  socket.on('error', () => {});
  socket.resume();
  for (let at = 0; at < bytes.length && !socket.destroyed;) {
    const end = at + 1 + Math.floor(dice() * 200);
    socket.write(bytes.subarray(at, end));
    at = end;
    if (dice() < 0.3) await sleep(Math.floor(dice() * 3));
  }
  socket.end();
  const endedAt = performance.now();
  const isClosed = await Promise.race([
    closed.then(() => true),
    sleep(closesWithinMs, false, { ref: false }),
  ]);
  socket.destroy();
  return isClosed ? performance.now() - endedAt : null;
}

async function playAll(port: number, devices: readonly TownDevice[], count: number) {
  const outcome: Outcome = { closed: 0, stuck: 0, slowestMs: 0 };
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) {
      const dice = createDice(values.seed, `session ${index}`);
      const device = devices[index % devices.length];
      if (device === undefined) return;
      const whole = Buffer.concat(sessionOf(device, dice).map((one) => packets.generate(one)));
      const ms = await play(port, mutate(whole, dice), dice);
      if (ms === null) outcome.stuck += 1;
      else outcome.closed += 1;
      outcome.slowestMs = Math.max(outcome.slowestMs, ms ?? 0);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return outcome;
}

/** Another device that goes on publishing: how often it was answered, and how late at most. */
function serveMeanwhile(mqttUrl: string, { id, secret }: TownDevice) {
  let served = 0;
  let slowestMs = 0;
  let isOver = false;
  const work = (async () => {
    const client = await mqtt.connectAsync(mqttUrl, {
      clientId: id,
      username: id,
      password: secret,
      reconnectPeriod: 0,
    });
    while (!isOver) {
      const began = performance.now();
      const event = JSON.stringify({ id: `steady-${served}`, type: 'device.heartbeat' });
      await client.publishAsync(eventsTopic(id), event, { qos: 1 });
      slowestMs = Math.max(slowestMs, performance.now() - began);
      served += 1;
      await sleep(10);
    }
    await client.endAsync();
  })();
  return {
    stop: async () => {
      isOver = true;
      await work;
      return { served, slowestMs };
    },
  };
}

/** What the process has in memory, and what of that is on JavaScript's heap; the database's pages are the most of the rest. */
async function megabytesOf({ pid, httpUrl }: ServerProcess) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  const metrics = await (await fetch(`${httpUrl}/metrics`)).text();
  const heap = Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1] ?? 0) / 1_048_576;
  return { resident: Math.round(resident), heap: Math.round(heap) };
}

async function fuzz(): Promise<boolean> {
  const count = Number(values.sessions);
  const dataDir = await mkdtemp(join(tmpdir(), 'vaka-fuzz-'));
  const homes = Array.from({ length: 25 }, () => ['hub', 'motion-sensor'] as const);
  const { devices } = await buildTown({ dataDir, homes, screens: 0 });
  const [steady, ...others] = devices;
  if (steady === undefined) throw new Error('There is no device.');
  // A small heap is collected often, so that what is left in it is what is kept.
  const server = await startServer({ dataDir, nodeArguments: ['--max-old-space-size=96'] });
  try {
    const port = Number(new URL(server.mqttUrl).port);
    // What the first sessions make the server load and allocate is no leak.
    await playAll(port, others, Math.ceil(count / 5));
    const before = await megabytesOf(server);
    const meanwhile = serveMeanwhile(server.mqttUrl, steady);
    const outcome = await playAll(port, others, count);
    const { served, slowestMs } = await meanwhile.stop();
    const after = await megabytesOf(server);
    const health = await fetch(`${server.httpUrl}/readyz`);
    const errors = server.output().split('"level":50').length - 1;
    const rows = {
      seed: values.seed,
      sessions: count,
      'closed by the server': outcome.closed,
      stuck: outcome.stuck,
      'slowest close, ms': Math.round(outcome.slowestMs),
      'another device meanwhile, messages': served,
      'its slowest answer, ms': Math.round(slowestMs),
      'memory before, MB': `${before.resident}, of it heap ${before.heap}`,
      'memory after, MB': `${after.resident}, of it heap ${after.heap}`,
      'errors logged': errors,
      'ready afterwards': String(health.ok),
    };
    for (const [name, value] of Object.entries(rows)) print(`${name.padEnd(36)} ${value}\n`);
    return outcome.stuck === 0 && errors === 0 && health.ok && served > 0;
  } finally {
    await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function print(line: string): void {
  process.stdout.write(line);
}

const limit = setTimeout(() => {
  print('It took too long.\n');
  process.exit(1);
}, endsWithinMs);
process.exitCode = (await fuzz()) ? 0 : 1;
clearTimeout(limit);
