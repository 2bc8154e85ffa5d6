import { type Latencies, latenciesOf } from './latency-of.ts';
import { onStage, runLoad } from './stage.ts';

export interface LatencyRow extends Latencies {
  wanted: number;
  /** Acknowledged per second. */
  perSecond: number;
  callShare: number;
  ackP99: number;
  serverMicroseconds: number;
  receipts: number;
  /** Screens that were cut off. */
  closed: number;
}

interface Order {
  connections: number;
  screens: number;
  measureMs: number;
}

const rates = [
  { wanted: 100, callShare: 1 },
  { wanted: 1_000, callShare: 1 },
  { wanted: 10_000, callShare: 0.1 },
] as const;

/** How long after a device has told something a screen shows it, each rate with a server of its own. */
export async function measureLatency(order: Order): Promise<readonly LatencyRow[]> {
  const rows: LatencyRow[] = [];
  for (const { wanted, callShare } of rates) {
    const terms = { rate: wanted, window: 64, callShare, warmUpMs: 3_000, ...order };
    const { load, screens, serverMicroseconds } = await onStage(order, (stage) =>
      runLoad(stage, terms),
    );
    rows.push({
      ...latenciesOf(load.calls, screens.told),
      wanted,
      callShare,
      perSecond: load.perSecond,
      ackP99: load.ackP99,
      serverMicroseconds,
      receipts: screens.receipts,
      closed: screens.closed,
    });
  }
  return rows;
}
