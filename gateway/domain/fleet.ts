import type {
  DeviceDetail,
  FleetExportQuery,
  FleetPage,
  FleetQuery,
  VisitList,
} from '../protocol/device/fleet.ts';
import type { BatteryDay } from './fleet/battery-forecast.ts';
import type { DeviceFacts } from './fleet/device-facts.ts';
import type { Scope } from './scope.ts';

/** What a device's own page tells besides its facts. */
export type DeviceMore = Pick<
  DeviceDetail,
  | 'serial'
  | 'createdAt'
  | 'decommissionedAt'
  | 'replaces'
  | 'replacedBy'
  | 'bindings'
  | 'battery'
  | 'quarantine'
  | 'notUnderstood'
  | 'hub'
>;

/** What is kept of equipment. Every method sees only what the scope allows. */
export interface FleetStore {
  /** All devices in use, in no order. */
  devices: (scope: Scope, at: number) => Promise<readonly DeviceFacts[]>;
  /** One device, also after its decommissioning; null: there is none in sight. */
  device: (
    scope: Scope,
    id: string,
    at: number,
  ) => Promise<{ facts: DeviceFacts; more: DeviceMore } | null>;
  /** The lowest percentages since a day, oldest first; devices without any are left out. */
  batteryDays: (
    deviceIds: readonly string[],
    sinceDay: number,
  ) => Promise<ReadonlyMap<string, readonly BatteryDay[]>>;
}

/** The equipment by its health. Each disclosure is in the access log before it is answered. */
export interface Fleet {
  page: (scope: Scope, query: FleetQuery) => Promise<FleetPage>;
  /** A file in pieces, complete. */
  csv: (scope: Scope, query: FleetExportQuery) => Promise<Iterable<string>>;
  visits: (scope: Scope) => Promise<VisitList>;
  /** Null: there is none in sight. */
  device: (scope: Scope, id: string) => Promise<DeviceDetail | null>;
}
