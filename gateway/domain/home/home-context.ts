import type { EventType } from '../../protocol/catalogue.ts';
import type { ResidentFlag } from '../../protocol/resident-flag.ts';

/** A device that is placed in the home now. */
export interface HomeDevice {
  id: string;
  name: string;
  profile: string;
  placement: string;
  placedAt: number;
  /** What it can tell, as far as those who live there have agreed to it. */
  tells: readonly EventType[];
  /** How long it may be silent, in milliseconds; null: its silence means nothing. */
  silentAfterMs: number | null;
  /** Since when the next thing it tells raises a test alarm; absent: it does not. */
  armedAt?: number;
}

/** What rules may know of a home; it changes only when people change it. */
export interface HomeContext {
  id: string;
  municipalityId: string;
  unitId: string;
  timeZone: string;
  /** What anybody who lives there needs. */
  flags: readonly ResidentFlag[];
  devices: readonly HomeDevice[];
}
