import type {
  BridgeConfiguration,
  BridgeInput,
  FoundList,
  HubDetail,
  HubList,
} from '../protocol/device/hub.ts';
import type { Scope } from './scope.ts';

/** What is kept of hubs and of what they speak for, as people see it. */
export interface Hubs {
  list: (municipalityId: string) => Promise<HubList>;
  /** Null when the municipality has no such hub. */
  hub: (municipalityId: string, id: string) => Promise<HubDetail | null>;
  /** What is found and not placed, of the hubs that are placed in a home, or with null of all. */
  notPlaced: (municipalityId: string, homeId: string | null) => Promise<FoundList>;
  /** Those of these devices that exist, and are neither blocked nor decommissioned. */
  inUse: (deviceIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** What people do with hubs. Without the right to it: AppError `forbidden`; of another municipality: `not-found`. */
export interface HubDesk {
  list: (scope: Scope) => Promise<HubList>;
  hub: (scope: Scope, id: string) => Promise<HubDetail>;
  found: (scope: Scope, homeId: string | null) => Promise<FoundList>;
  /** Gives the hub a new secret, which the configuration holds and nobody can ask for again. */
  configureBridge: (scope: Scope, id: string, input: BridgeInput) => Promise<BridgeConfiguration>;
}
