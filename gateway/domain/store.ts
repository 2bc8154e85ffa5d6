import type { AccessLog } from './access-log.ts';
import type { Accounts } from './account.ts';
import type { Credentials } from './credentials.ts';
import type { Directory } from './directory.ts';
import type { Staffing } from './duty/staffing.ts';
import type { EquipmentSight } from './equipment.ts';
import type { FleetStore } from './fleet.ts';
import type { HistorySight } from './history-sight.ts';
import type { History } from './history.ts';
import type { Hubs } from './hub-desk.ts';
import type { Memories } from './hub-notes.ts';
import type { Ledger } from './ledger.ts';
import type { Outbox } from './notification/notification.ts';
import type { Overview } from './overview.ts';
import type { Provisioning } from './provisioning.ts';
import type { Pulse } from './pulse.ts';
import type { Registry } from './registry.ts';
import type { UsageStore } from './report/usage.ts';
import type { Samples } from './series/samples.ts';
import type { SigningKeys } from './signing-key.ts';
import type { Sight } from './watch/sight.ts';

/** Everything that is kept. One contract suite holds for every engine. */
export interface Store {
  /**
   * Runs the work as one transaction; what it did is durable once the promise resolves, and undone if it rejects.
   * `committed` is called right after the commit, in the order of commits, and must not throw.
   */
  transaction: <T>(
    work: (ledger: Ledger) => Promise<T>,
    committed?: (result: T) => void,
  ) => Promise<T>;
  directory: Directory;
  overview: Overview;
  accounts: Accounts;
  accessLog: AccessLog;
  registry: Registry;
  history: History;
  historySight: HistorySight;
  hubs: Hubs;
  signingKeys: SigningKeys;
  credentials: Credentials;
  provisioning: Provisioning;
  staffing: Staffing;
  /** Changed through `Ledger.equipment`. */
  equipment: EquipmentSight;
  outbox: Outbox;
  pulse: Pulse;
  memories: Memories;
  sight: Sight;
  fleet: FleetStore;
  usage: UsageStore;
  samples: Samples;
  /** Rejects when the store cannot be written to. */
  check: () => Promise<void>;
  close: () => Promise<void>;
}
