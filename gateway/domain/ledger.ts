import type { EventType } from '../protocol/catalogue.ts';
import type { AlertEvent } from './alert/alert-event.ts';
import type { Alert } from './alert/alert.ts';
import type { Arrangements } from './duty/arrangement.ts';
import type { Staffing } from './duty/staffing.ts';
import type { EquipmentLedger } from './equipment.ts';
import type { HomeState } from './home/home-state.ts';
import type { HubLedger } from './hub-notes.ts';
import type { Notification, Settled } from './notification/notification.ts';
import type { HomeOverride, RulesInForce, RuleVersion } from './rulebook.ts';

/** What the gateway itself writes in the log; the rest is what devices told. */
const ownTypes = ['time.passed', 'rules.changed', 'gateway.away'] as const;
export type OwnType = (typeof ownTypes)[number];

export function isOwnType(type: LogEntry['type']): type is OwnType {
  return ownTypes.some((own) => own === type);
}

/**
 * A line of the event log: what a device told, that time passed in a home and something fell due, that the rules of
 * a home, or of the whole municipality, changed, or that a home could not be heard for a time.
 */
export interface LogEntry {
  municipalityId: string;
  homeId: string | null;
  deviceId: string | null;
  id: string;
  type: EventType | OwnType;
  at: number;
  receivedAt: number;
  skewMs?: number | null;
  data: Readonly<Record<string, unknown>>;
}

export interface StoredHome {
  homeId: string;
  municipalityId: string;
  state: HomeState;
  dueAt: number | null;
}

/** An alert as it is after the events that changed it. */
export interface AlertChangeSet {
  alert: Alert;
  /** As it was before the first of them; null if they begin it. */
  before: Alert | null;
  events: readonly AlertEvent[];
}

/** What a batch told of a device; what it did not tell is left as it was. */
export interface DeviceReading {
  deviceId: string;
  municipalityId: string;
  lastSeenAt: number;
  connected?: boolean;
  batteryPercent?: number;
  /** When the battery was measured, in event time. */
  batteryAt?: number;
  rssiDbm?: number;
  /** Link quality, 0 to 255. */
  lqi?: number;
  firmware?: string;
  /** Whether the hub that speaks for it reaches it. */
  isReached?: boolean;
  skewMs?: number;
  /** Events dropped since the last reading because nobody has consented to them. */
  droppedWithoutConsent?: number;
}

export type BatteryReading = Pick<DeviceReading, 'deviceId' | 'batteryPercent' | 'batteryAt'>;

export interface Quarantined {
  municipalityId: string;
  deviceId: string;
  topic: string;
  reason: string;
  bytes: number;
  at: number;
  /** What it said, with all texts hidden that may tell who or where. */
  payload: string | null;
}

/** A key that others have signed rules with. */
export interface KnownKey {
  municipalityId: string;
  publicKey: string;
  name: string;
  at: number;
}

/** What one transaction may do. All of it is kept, or none. */
export interface Ledger extends HubLedger {
  /** Appends in order; answers each entry's `seq`, or null where that device has told it before. */
  append: (entries: readonly LogEntry[]) => Promise<readonly (number | null)[]>;
  /** The states of these homes, locked until the transaction ends. */
  homes: (homeIds: readonly string[]) => Promise<ReadonlyMap<string, HomeState>>;
  saveHomes: (homes: readonly StoredHome[]) => Promise<void>;
  /** What holds in these municipalities. The same object until something changes, also through another process. */
  rulesInForce: (municipalityIds: readonly string[]) => Promise<ReadonlyMap<string, RulesInForce>>;
  /** Puts them in force, and makes every home of their municipalities due, so that silences are judged anew. */
  addRuleVersions: (versions: readonly RuleVersion[]) => Promise<void>;
  /** From now on the home has this of its own; it falls due, as above. */
  addHomeOverride: (override: HomeOverride) => Promise<void>;
  /** Remembers that rules signed with this key were imported, and whose it said it was. */
  rememberKey: (key: KnownKey) => Promise<void>;
  /** Live alerts about the service itself, of this municipality. */
  serviceAlerts: (municipalityId: string) => Promise<readonly Alert[]>;
  /** Live alerts that this person has, or that this unit answers for. */
  liveAlertsOf: (
    whose: { personId: string } | { unitId: string } | { municipalityId: string },
  ) => Promise<readonly Alert[]>;
  /** Live alerts of these homes, oldest first. */
  liveAlerts: (homeIds: readonly string[]) => Promise<readonly Alert[]>;
  alert: (id: string) => Promise<Alert | null>;
  /** Appends each alert's events and keeps the alert as it is now; answers the `seq` of each event, in order. */
  saveAlerts: (changes: readonly AlertChangeSet[]) => Promise<readonly number[]>;
  /** Who is asked and when, as of this transaction; the same object until something changes, also through another process. */
  arrangements: () => Promise<Arrangements>;
  /** Writes of `Staffing` as part of this transaction, so that live alerts follow them at once. */
  arrange: Pick<
    Staffing,
    | 'addDocument'
    | 'addUnit'
    | 'changeUnit'
    | 'addDuty'
    | 'endDuty'
    | 'addHold'
    | 'endHold'
    | 'removeEndpoint'
  >;
  /** Devices and installations as part of this transaction; what is remembered of them is read again after it. */
  equipment: EquipmentLedger;
  /** Keeps what is to be told; what is known by its id already is passed over. */
  enqueue: (notifications: readonly Notification[]) => Promise<void>;
  /**
   * Ends a notification; answers whether it waited until now, so that what became of it is noted in the alert's
   * timeline once, in the same transaction.
   */
  settle: (settled: Settled) => Promise<boolean>;
  noteDevices: (readings: readonly DeviceReading[]) => Promise<void>;
  /** Keeps how full batteries were, as `noteDevices` does, and says nothing of how the devices are now. */
  noteBatteryDays: (readings: readonly BatteryReading[]) => Promise<void>;
  /** Nobody is connected to a gateway that has just started. */
  forgetConnections: () => Promise<void>;
  quarantine: (entries: readonly Quarantined[]) => Promise<void>;
  /** Homes with a deadline at or before `at`, most overdue first. */
  dueHomes: (at: number, limit: number) => Promise<readonly string[]>;
  /** Live alerts with a deadline at or before `at`, most overdue first. */
  dueAlerts: (at: number, limit: number) => Promise<readonly string[]>;
  /** Puts off what cannot be judged now, so that it does not stand before the others. */
  postponeHome: (homeId: string, until: number) => Promise<void>;
  postponeAlert: (alertId: string, until: number) => Promise<void>;
  /**
   * Gives every live alert without a deadline, with one after `furthest`, with two that differ, or with one that was set
   * by a clock that was ahead, the deadline `at`; answers how many.
   */
  mendDeadlines: (at: number, furthest: number) => Promise<number>;
}
