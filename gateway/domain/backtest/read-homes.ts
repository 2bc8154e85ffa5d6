import { createMayUse, type History, type HomeHistory, type Span } from '../history.ts';
import type { LogEntry } from '../ledger.ts';

/** How far a run has come. */
export interface Progress {
  /** From 0 to 1. */
  progress: number;
  events: number;
  alerts: number;
}

/** Told after every page that was read; work waits for what it answers. */
export type Told = (progress: Progress) => void | Promise<void>;

/** What is done with each home. */
export interface HomeReader {
  take: (event: LogEntry) => void;
  end: () => void | Promise<void>;
  /** How many alerts there are so far, those of other homes included. */
  alerts: () => number;
}

/** Reads homes one after the other; answers how many events were used, and how many nobody consents to any more. */
export async function readHomes(
  history: History,
  homes: readonly HomeHistory[],
  span: Span,
  options: { open: (home: HomeHistory) => HomeReader; told: Told },
): Promise<{ events: number; withheld: number }> {
  const homeIds = homes.map(({ id }) => id);
  const total = Math.max(1, await history.count(homeIds, span));
  let events = 0;
  let withheld = 0;
  for (const home of homes) {
    const mayUse = createMayUse(home);
    const reader = options.open(home);
    for await (const page of history.events(home, span)) {
      for (const event of page) {
        if (mayUse(event)) {
          reader.take(event);
          events += 1;
        } else withheld += 1;
      }
      const progress = Math.min(1, (events + withheld) / total);
      await options.told({ progress, events, alerts: reader.alerts() });
    }
    await reader.end();
  }
  return { events, withheld };
}
