import type { SinkName } from '../domain/series/sink.ts';
import type { SinkStatus } from '../domain/series/telemetry.ts';
import type { Pump } from './telemetry-pump.ts';

const pollMs = 1_000;
const eraseEveryMs = 30_000;
const failedPauseMs = 5_000;

/** Work that is done every so often, beside what the pumps do. */
export interface Chore {
  everyMs: number;
  /** Answers whether there is more to do at once. */
  run: (at: number) => Promise<boolean>;
}

export interface HistorianOptions {
  pumps: readonly { name: SinkName; pump: Pump; refused: () => Promise<number> }[];
  chores: readonly Chore[];
  clock: () => number;
  /** Resolves after so long, or sooner when it is told to hurry. */
  pause: (ms: number) => Promise<void>;
  told: (status: SinkStatus) => void;
  failed: (error: unknown) => void;
}

/** Writes history for as long as the process lives: each sink at its own pace, so that none waits for another. */
export interface Historian {
  /** Runs until the signal; resolves when what was under way has come to its end. */
  run: (signal: AbortSignal) => Promise<void>;
  /** Resolves when all that is in the logs now is written, erased and worked out; rejects if a sink cannot be written to. */
  settle: () => Promise<void>;
}

export function createHistorian(options: HistorianOptions): Historian {
  const { pumps, chores, clock, pause, told, failed } = options;

  /** One at a time for each, also while somebody waits for it to settle. */
  const lines = pumps.map(({ name, pump, refused }) => {
    let written = 0;
    let trouble: SinkStatus['trouble'] = null;
    /** Why homes that do not consent are still there. */
    let leftBehind: SinkStatus['trouble'] = null;
    let known = { waitingSince: null as number | null, refused: 0 };
    let erasedAt = -Infinity;
    const say = (state: SinkStatus['state']) =>
      told({ name, state, written, ...known, trouble: trouble ?? leftBehind });
    const tell = async (state: SinkStatus['state']) => {
      const waitingSince = state === 'up-to-date' ? null : await pump.waitingSince();
      known = { waitingSince, refused: await refused() };
      say(state);
    };
    const step = createTurns(() =>
      move().catch((error: unknown) => {
        // Our own files fail us, so that nothing can be asked of them: what was known last still waits.
        const reason = error instanceof Error ? error.message : String(error);
        trouble = { reason, since: trouble?.since ?? clock() };
        known = { ...known, waitingSince: known.waitingSince ?? trouble.since };
        say('waiting');
        throw error;
      }),
    );
    async function move(): Promise<{ isMore: boolean; pauseMs: number }> {
      if (Math.abs(clock() - erasedAt) >= eraseEveryMs) {
        erasedAt = clock();
        await erase();
      }
      const turn = await pump.turn();
      if (turn.kind === 'later') {
        trouble = { reason: turn.reason, since: trouble?.since ?? clock() };
        await tell('waiting');
        return { isMore: false, pauseMs: turn.afterMs };
      }
      if (turn.kind === 'moved') written += turn.written;
      trouble = null;
      const isMore = turn.kind === 'moved';
      await tell(isMore ? 'catching-up' : 'up-to-date');
      return { isMore, pauseMs: isMore ? 0 : pollMs };
    }
    async function erase(): Promise<void> {
      const why = await pump.erase();
      if (why === null) {
        leftBehind = null;
        return;
      }
      const reason = `A home that does not consent any more could not be erased: ${why}`;
      leftBehind = { reason, since: leftBehind?.since ?? clock() };
      failed(new Error(`${name}: ${reason}`));
    }
    return {
      name,
      step,
      trouble: () => trouble ?? leftBehind,
      eraseSoon: () => (erasedAt = -Infinity),
    };
  });

  const rounds = chores.map((chore) => ({ ...chore, step: createTurns(() => chore.run(clock())) }));

  async function keepWriting(line: (typeof lines)[number], signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { pauseMs } = await line.step().catch((error: unknown) => {
        failed(error);
        return { pauseMs: failedPauseMs };
      });
      await pause(pauseMs);
    }
  }

  async function keepDoing(round: (typeof rounds)[number], signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const isMore = await round.step().catch((error: unknown) => {
        failed(error);
        return false;
      });
      await pause(isMore ? 0 : round.everyMs);
    }
  }

  return {
    run: async (signal) => {
      await Promise.all([
        ...lines.map((line) => keepWriting(line, signal)),
        ...rounds.map((round) => keepDoing(round, signal)),
      ]);
    },
    settle: async () => {
      for (const line of lines) {
        line.eraseSoon();
        while ((await line.step()).isMore);
        const trouble = line.trouble();
        if (trouble !== null) throw new Error(`${line.name}: ${trouble.reason}`);
      }
      for (const round of rounds) while (await round.step());
    },
  };
}

/** The work, never twice at a time: whoever comes meanwhile waits, and then has a turn of their own. */
function createTurns<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  };
}
