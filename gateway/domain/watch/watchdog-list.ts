import { watchEndpoints } from './endpoint-off.ts';
import { watchExternalBroker } from './external-broker.ts';
import { watchFloods } from './flood.ts';
import { watchHistory } from './history-behind.ts';
import { watchHolds } from './hold-end.ts';
import { watchClock, watchDisk, watchSweep } from './host.ts';
import { watchScreens } from './no-screen.ts';
import { watchOutbox } from './outbox.ts';
import type { Watchdog } from './picture.ts';
import { watchStaffing } from './staffing.ts';
import { watchRules } from './unusable-rule.ts';

/** All that look at a picture; homes that go away together are followed by the outage watch. */
export function openWatchdogs(): readonly Watchdog[] {
  return [
    watchStaffing(),
    watchScreens(),
    watchOutbox(),
    watchEndpoints(),
    watchSweep(),
    watchDisk(),
    watchClock(),
    watchHolds(),
    watchRules(),
    watchFloods(),
    watchExternalBroker(),
    watchHistory(),
  ];
}
