import { latenciesOf } from './latency-of.ts';
import { onStage, runLoad } from './stage.ts';

export interface Sustained {
  perSecond: number;
  ackP50: number;
  ackP99: number;
  /** From event to screen, of the calls among them. */
  screenP99: number;
  serverMicroseconds: number;
  homes: number;
}

interface Order {
  connections: number;
  screens: number;
  measureMs: number;
  /** Given to Node, for a profile of the server. */
  nodeArguments: readonly string[];
}

const terms = { rate: null, window: 16, callShare: 0.002, warmUpMs: 3_000 };
const towns = [5, 1];

/** As many events as the whole of it can take; in few homes, and with each device in a home of its own. */
export async function measureSustained(order: Order): Promise<readonly Sustained[]> {
  const rows: Sustained[] = [];
  for (const connectionsPerHome of towns) {
    const { load, screens, serverMicroseconds } = await onStage(
      { ...order, connectionsPerHome },
      (stage) => runLoad(stage, { ...terms, measureMs: order.measureMs }),
    );
    rows.push({
      ...load,
      screenP99: latenciesOf(load.calls, screens.told).p99,
      serverMicroseconds,
      homes: Math.ceil(order.connections / connectionsPerHome),
    });
  }
  return rows;
}
