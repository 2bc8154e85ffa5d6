import type { AccessLog } from '../domain/access-log.ts';
import type { ArrangementDesk } from '../domain/arrangement-desk.ts';
import type { DutyDesk } from '../domain/duty-desk.ts';
import type { HoldDesk } from '../domain/hold-desk.ts';
import type { ChannelName } from '../domain/notification/notification.ts';
import type { RosterDesk } from '../domain/roster-desk.ts';
import type { UnitDesk } from '../domain/unit-desk.ts';
import type { PersonChannel } from '../protocol/duty/policy.ts';
import { createArrangementDesk } from './arrangement-desk.ts';
import { createDutyDesk } from './duty-desk.ts';
import type { FollowOptions } from './follow.ts';
import { createHoldDesk } from './hold-desk.ts';
import { createRosterDesk } from './roster-desk.ts';
import { createUnitDesk } from './unit-desk.ts';

export interface ArrangingOptions extends FollowOptions {
  accessLog: AccessLog;
  newId: () => string;
  /** Those that are set up, besides screens. */
  channels: ReadonlySet<ChannelName>;
  /** Told of each change once it is committed; ids only, and in the same words whatever it is. */
  changed: (
    change: object,
    what: 'unit changed' | 'arrangement changed' | 'roster changed' | 'hold changed',
  ) => void;
}

/** The desks of those who arrange the work. */
export interface Arranging {
  units: UnitDesk;
  arrangements: ArrangementDesk;
  duties: DutyDesk;
  rosters: RosterDesk;
  holds: HoldDesk;
}

export function createArranging(options: ArrangingOptions): Arranging {
  const { channels: outside, changed } = options;
  const channels = new Set<PersonChannel>(['screen']);
  for (const channel of ['push', 'email'] as const) {
    if (outside.has(channel)) channels.add(channel);
  }
  return {
    units: createUnitDesk({ ...options, changed: (change) => changed(change, 'unit changed') }),
    arrangements: createArrangementDesk({
      ...options,
      channels,
      changed: (change) => changed(change, 'arrangement changed'),
    }),
    duties: createDutyDesk(options),
    rosters: createRosterDesk({
      ...options,
      changed: (change) => changed(change, 'roster changed'),
    }),
    holds: createHoldDesk({ ...options, changed: (change) => changed(change, 'hold changed') }),
  };
}
