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

const atOnce = 64;

export function openLane(options: LaneOptions): Lane {
  const { channel, outbox, atATime, perTarget, clock, failed } = options;
  const underWay = new Map<string, { waiting: Waiting; done: Promise<void> }>();
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
      while (isMore && !isClosed) {
        isMore = false;
        await beginDue();
      }
    } finally {
      looking = null;
    }
  }

  async function beginDue(): Promise<void> {
    // What comes first may all be for receivers that have no room, and must not hide the others.
    for (let limit = atOnce + underWay.size; ; limit *= 2) {
      endedMeanwhile.clear();
      const due = await outbox.due(channel, clock(), limit);
      for (const waiting of due) begin(waiting);
      if (due.length < limit || underWay.size >= atATime || isClosed) return;
    }
  }

  function begin(waiting: Waiting): void {
    const { id, target, alertId } = waiting;
    const isKnown = underWay.has(id) || endedMeanwhile.has(id) || stuck.has(id);
    if (isClosed || isKnown || underWay.size >= atATime) return;
    const toSame = [...underWay.values()].filter((each) => each.waiting.target === target);
    // Of one alert, a receiver hears one thing after the other.
    const isOrdered = toSame.every((each) => each.waiting.alertId !== alertId);
    if (toSame.length >= perTarget || !isOrdered) return;
    underWay.set(id, { waiting, done: carry(waiting) });
  }

  async function carry(waiting: Waiting): Promise<void> {
    try {
      await options.send(waiting);
    } catch (error) {
      stuck.add(waiting.id);
      failed(error);
    }
    underWay.delete(waiting.id);
    endedMeanwhile.add(waiting.id);
    look();
  }

  return {
    poke: () => {
      stuck.clear();
      look();
    },
    idle: async () => {
      while (looking !== null || underWay.size > 0) {
        await looking;
        await Promise.all([...underWay.values()].map(({ done }) => done));
      }
    },
    close: () => {
      isClosed = true;
    },
  };
}
