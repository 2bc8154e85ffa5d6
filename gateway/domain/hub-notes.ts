import type { DialectName } from '../protocol/device/device-profile.ts';
import type { Found, Json, NotUnderstood } from './dialect.ts';

/** What a dialect remembers of a hub under one key; null is forgotten. */
export interface Remembered {
  hubId: string;
  dialect: DialectName;
  key: string;
  value: Json | null;
}

/** What a hub's messages tell of a device behind it, beyond events. */
export interface FoundNote {
  hubId: string;
  municipalityId: string;
  address: string;
  dialect: DialectName;
  at: number;
  /** How it was described, if it was. */
  described: Found | null;
  /** Messages it told something in. */
  messages: number;
  /** Null: it is no longer to be known here, for it is placed. */
  lastType?: string | null;
  batteryPercent?: number;
  lqi?: number;
  rssiDbm?: number;
  /** Whether it has left its network; absent: nothing was said of that. */
  isGone?: boolean;
}

/** Something not understood of a device, or of one behind it. */
export interface NotUnderstoodNote extends NotUnderstood {
  municipalityId: string;
  deviceId: string;
  at: number;
}

/** What is kept of hubs beside their events, as part of the same transaction. */
export interface HubLedger {
  remember: (entries: readonly Remembered[]) => Promise<void>;
  noteFound: (notes: readonly FoundNote[]) => Promise<void>;
  noteNotUnderstood: (notes: readonly NotUnderstoodNote[]) => Promise<void>;
  /** The id under which a device's event with this beginning of an id was logged at or after `since`; null: it was not. */
  toldAs: (deviceId: string, prefix: string, since: number) => Promise<string | null>;
  /** Their test alarm has been raised. */
  disarm: (deviceIds: readonly string[]) => Promise<void>;
}

/** What dialects remembered when the last transaction ended. */
export interface Memories {
  of: (hubIds: readonly string[]) => Promise<readonly Remembered[]>;
}
