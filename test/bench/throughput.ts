import { epochOffset } from './clock.ts';
import { median } from './quantile.ts';
import { type LoadTerms, loadOnly, onStage, runLoad } from './stage.ts';
import { startTask } from './task.ts';

export interface Candidate {
  name: string;
  perSecond: number;
  ackP50: number;
  ackP99: number;
  /** Processor time of the server for one event, in microseconds. */
  serverMicroseconds: number;
}

export interface Throughput {
  /** Medians over the rounds. */
  candidates: readonly Candidate[];
  eventBytes: number;
  rounds: number;
}

interface Order {
  connections: number;
  screens: number;
  measureMs: number;
  rounds: number;
}

const bare = 'bare aedes';
const frontDoor = 'our front door, nothing behind it';
const whole = 'Vaka, committed before PUBACK';

/** Runs the three in turn, round after round, so that a busy moment of the machine hurts all of them alike. */
export async function measureThroughput(order: Order): Promise<Throughput> {
  const terms: LoadTerms = {
    rate: null,
    window: 32,
    callShare: 0.002,
    warmUpMs: 1_500,
    measureMs: order.measureMs,
  };
  const results: Candidate[] = [];
  let eventBytes = 0;
  for (let round = 0; round < order.rounds; round += 1) {
    for (const [name, measure] of [
      [bare, () => loadModule('./bare-aedes-process.ts', order, terms)],
      [whole, () => onStage(order, (stage) => runLoad(stage, terms))],
      [frontDoor, () => loadModule('./front-door-process.ts', order, terms)],
    ] as const) {
      const { load, serverMicroseconds } = await measure();
      results.push({ name, ...load, serverMicroseconds });
      ({ eventBytes } = load);
    }
  }
  const candidates = [bare, frontDoor, whole].map((name) =>
    middle(results.filter((one) => one.name === name)),
  );
  return { candidates, eventBytes, rounds: order.rounds };
}

async function loadModule(module: string, { connections }: Order, terms: LoadTerms) {
  const task = await startTask<number, null>(module, {});
  const devices = Array.from({ length: connections }, (_, index) => ({
    id: `home-${index}-motion-sensor`,
    secret: 'secret',
    homeId: '',
    profile: 'motion-sensor' as const,
  }));
  const mqttUrl = `mqtt://127.0.0.1:${task.ready}`;
  try {
    return await loadOnly({ mqttUrl, pid: task.pid, devices, clockOffset: epochOffset() }, terms);
  } finally {
    await task.finish();
  }
}

function middle(results: readonly Candidate[]): Candidate {
  const of = (read: (one: Candidate) => number) => median(results.map(read));
  return {
    name: results[0]?.name ?? '',
    perSecond: of((one) => one.perSecond),
    ackP50: of((one) => one.ackP50),
    ackP99: of((one) => one.ackP99),
    serverMicroseconds: of((one) => one.serverMicroseconds),
  };
}
