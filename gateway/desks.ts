import { randomBytes, randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import type { TermsFor } from './domain/duty/terms.ts';
import type { Hub } from './domain/hub.ts';
import type { ChannelName } from './domain/notification/notification.ts';
import type { Store } from './domain/store.ts';
import { createReportThread } from './report-thread.ts';
import { createAlertDesk } from './services/alert-desk.ts';
import { createArranging } from './services/arranging.ts';
import { createCostDesk } from './services/cost-desk.ts';
import { createFleet } from './services/fleet.ts';
import { createHistoryDesk } from './services/history-desk.ts';
import { createInstallationDesk } from './services/installation-desk.ts';
import type { Metrics } from './services/metrics.ts';
import { createWitnessedDesk } from './services/reading.ts';
import { createReportDesk } from './services/report-desk.ts';
import { createRuleDesk, createWitnessedRuleDesk } from './services/rule-desk.ts';
import { readTemplates } from './store/template-file.ts';
import type { Telemetry } from './telemetry.ts';

export interface DeskOptions {
  store: Store;
  hub: Hub;
  metrics: Metrics;
  termsFor: TermsFor;
  channels: ReadonlySet<ChannelName>;
  telemetry: Telemetry;
  /** The file of the database. */
  database: string;
  clock: () => number;
  log: Logger;
  /** Where devices sign in. */
  mqttUrl: () => string;
  /** Told of each device that may sign in no more: its connection is to be cut. */
  disconnected: (deviceId: string) => void;
}

/** Where people do things with alerts, and arrange who answers them and by which rules. */
export function createDesks(options: DeskOptions) {
  const { store, clock, log } = options;
  const { accessLog } = store;
  const alerts = createAlertDesk({
    ...options,
    failed: (error) => log.error({ err: error }, 'a receipt was not stored'),
  });
  const rules = createRuleDesk({
    store,
    templates: readTemplates,
    clock,
    newId: randomUUID,
    changed: (change) => log.info(change, 'rules changed'),
  });

  return {
    alerts,
    desk: createWitnessedDesk(alerts, { accessLog, clock }),
    rules: createWitnessedRuleDesk(rules, { accessLog, clock }),
    telemetry: options.telemetry.desk,
    reports: createReportDesk({
      startReport: createReportThread(options.database, (error) =>
        log.error({ err: error }, 'a report broke off'),
      ),
      accessLog,
      clock,
    }),
    fleet: createFleet({ fleet: store.fleet, accessLog, clock }),
    pasts: createHistoryDesk({
      history: store.history,
      sight: store.historySight,
      fleet: store.fleet,
      homeDays: options.telemetry.homeDays,
      query: options.telemetry.query,
      accessLog,
      clock,
    }),
    costs: createCostDesk({ usage: store.usage, accessLog, clock }),
    installations: createInstallationDesk({
      ...options,
      accessLog,
      newId: randomUUID,
      random: randomBytes,
      changed: (change) => log.info(change, 'installation changed'),
    }),
    ...createArranging({
      ...options,
      accessLog,
      newId: randomUUID,
      changed: (change, what) => log.info(change, what),
    }),
  };
}
