import type { PlannedHome } from '../duty/responsibility.ts';

/** A home, and whether any device in it is connected that stays so; one that speaks only when something happens does not. */
export interface WatchedHome extends PlannedHome {
  label: string;
  isConnected: boolean;
}

/** A home that has been told that it cannot be heard, and not yet that it can. */
export interface UnheardHome {
  id: string;
  municipalityId: string;
  from: number;
}

export interface RaisedInUnit {
  unitId: string;
  count: number;
}

/** What watchdogs see of all municipalities, as of what is committed. */
export interface Sight {
  homes: () => Promise<readonly WatchedHome[]>;
  unheard: () => Promise<readonly UnheardHome[]>;
  /** How many alerts about people were raised in each unit after `since`, tests left out. */
  raised: (since: number) => Promise<readonly RaisedInUnit[]>;
}
