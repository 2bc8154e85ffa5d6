import type { ChannelName, Outbox, Waiting } from '../domain/notification/notification.ts';

export interface LaneOptions {
  channel: ChannelName;
  outbox: Pick<Outbox, 'due'>;
  /** How many are being sent at the same time, in all and to one receiver. */
  atATime: number;
  perTarget: number;
  clock: () => number;
  /** Resolves when it is settled or put off. */
  send: (waiting: Waiting) => Promise<void>;
  failed: (error: unknown) => void;
}

/** What waits for one channel. No receiver, however slow, takes the place of another. */
export interface Lane {
  /** Begins to send what is due, if there is room. */
  poke: () => void;
  /** Resolves when nothing is being looked for or sent. */
  idle: () => Promise<void>;
  close: () => void;
}

const readAtOnce = 256;

export function openLane(options: LaneOptions): Lane {
  const { channel, outbox, atATime, perTarget, clock, failed } = options;
  /** Read and not begun yet, in the order in which it is due. */
  const queue = new Map<string, Waiting>();
  const underWay = new Map<string, Promise<void>>();
  /** How many are under way to each receiver, and which alerts each is being told of. */
  const toTarget = new Map<string, number>();
  const pairs = new Set<string>();
  /** What was ended while the store was asked what is due; its answer may be from before. */
  const endedMeanwhile = new Set<string>();
  /** What could not be ended; it rests until somebody pokes from outside. */
  const stuck = new Set<string>();
  let looking: Promise<void> | null = null;
  let isMore = false;
  let isClosed = false;

  function look(): void {
    isMore = true;
    if (isClosed || looking !== null) return;
    looking = lookOn().catch(failed);
  }

  async function lookOn(): Promise<void> {
    try {
      while (isMore && !isClosed) await readDue();
    } finally {
      looking = null;
    }
  }

  /** What is known already, however much it is for a receiver that has no room, does not hide the rest. */
  async function readDue(): Promise<void> {
    endedMeanwhile.clear();
    const limit = queue.size + underWay.size + stuck.size + readAtOnce;
    isMore = false;
    const due = await outbox.due(channel, clock(), limit);
    for (const waiting of due) {
      const { id } = waiting;
      const isKnown = underWay.has(id) || endedMeanwhile.has(id) || stuck.has(id);
      if (!isKnown && !queue.has(id)) queue.set(id, waiting);
    }
    beginAll();
    isMore ||= due.length === limit && underWay.size < atATime;
  }

  /** Begins what there is room for; answers how many. */
  function beginAll(): number {
    const before = underWay.size;
    for (const waiting of queue.values()) {
      if (isClosed || underWay.size >= atATime) break;
      begin(waiting);
    }
    return underWay.size - before;
  }

  function begin(waiting: Waiting): void {
    const { id, target } = waiting;
    const count = toTarget.get(target) ?? 0;
    // Of one alert, a receiver hears one thing after the other.
    if (count >= perTarget || pairs.has(pairOf(waiting))) return;
    queue.delete(id);
    toTarget.set(target, count + 1);
    pairs.add(pairOf(waiting));
    underWay.set(id, carry(waiting));
  }

  async function carry(waiting: Waiting): Promise<void> {
    const { id, target } = waiting;
    try {
      await options.send(waiting);
    } catch (error) {
      stuck.add(id);
      failed(error);
    }
    underWay.delete(id);
    pairs.delete(pairOf(waiting));
    toTarget.set(target, (toTarget.get(target) ?? 1) - 1);
    if (toTarget.get(target) === 0) toTarget.delete(target);
    endedMeanwhile.add(id);
    if (beginAll() === 0) look();
  }

  return {
    poke: () => {
      stuck.clear();
      look();
    },
    idle: async () => {
      while (looking !== null || underWay.size > 0) {
        await looking;
        await Promise.all(underWay.values());
      }
    },
    close: () => {
      isClosed = true;
      queue.clear();
    },
  };
}

function pairOf({ alertId, target }: Waiting): string {
  return `${alertId} ${target}`;
}
