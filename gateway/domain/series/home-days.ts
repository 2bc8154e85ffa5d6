import type { HomeDay } from '../../protocol/history/home-day.ts';

/** A home's day without what is read anew each time. */
export type KeptDay = Omit<HomeDay, 'alerts'>;

/** What homes' days were like, worked out from the log and kept; beside the embedded history. */
export interface HomeDays {
  /** From the first day to the last, both included, oldest first; days that nothing is known of are left out. */
  read: (homeId: string, from: string, to: string) => Promise<readonly KeptDay[]>;
  save: (homeId: string, days: readonly KeptDay[]) => Promise<void>;
  /** Days that have to be worked out anew, and how far the log has been read for that; kept together. */
  markDirty: (
    days: readonly { homeId: string; day: string }[],
    eventCursor: number,
  ) => Promise<void>;
  dirty: (limit: number) => Promise<readonly { homeId: string; day: string }[]>;
  clean: (homeId: string, day: string) => Promise<void>;
  eventCursor: () => Promise<number>;
  eraseHome: (homeId: string) => Promise<void>;
  /** Homes that something is kept of. */
  homes: () => Promise<readonly string[]>;
}
