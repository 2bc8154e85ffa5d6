import { type Alert, isLive } from '../domain/alert/alert.ts';
import { type AlertBook, openBook } from '../domain/alert/book.ts';
import type { DeviceFile, HomeFile } from '../domain/directory.ts';
import type { TermsFor } from '../domain/duty/terms.ts';
import type { Event } from '../domain/event.ts';
import type { Call } from '../domain/home/call.ts';
import type { HomeContext } from '../domain/home/home-context.ts';
import { emptyHome, homeDueAt, type HomeState } from '../domain/home/home-state.ts';
import type { RuleSet } from '../domain/home/rule-set.ts';
import { isSomethingUnawaited } from '../domain/home/silence.ts';
import { stepEvent } from '../domain/home/step.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import {
  type DeviceReading,
  isOwnType,
  type Ledger,
  type LogEntry,
  type Quarantined,
} from '../domain/ledger.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import type { Store } from '../domain/store.ts';
import { isEventType } from '../protocol/catalogue.ts';
import { isArrival } from '../protocol/profile.ts';
import { type Judged, judgeReading } from './judge-reading.ts';
import type { Message } from './message.ts';
import type { Metrics } from './metrics.ts';
import { readDevices } from './read-device.ts';
import { record } from './record.ts';

interface Kept {
  entry: LogEntry;
  home: HomeFile | null;
}

/** A home after events of the batch; the first of them was received at `since`. */
interface Stepped {
  home: HomeFile;
  rules: RuleSet;
  state: HomeState;
  since: number;
}

interface Batch {
  kept: readonly Kept[];
  devices: readonly DeviceReading[];
  quarantined: readonly Quarantined[];
  /** How many nobody has consented to. */
  dropped: number;
}

export interface BatchOptions {
  store: Store;
  rulebook: Rulebook;
  termsFor: TermsFor;
  hub: Hub;
  metrics: Metrics;
}

/** Stores and evaluates messages in one transaction, and tells the screens once it is committed. */
export async function evaluateBatch(
  options: BatchOptions,
  messages: readonly Message[],
): Promise<void> {
  const { store, hub, metrics } = options;
  const batch = await judgeMessages(store, messages);
  const counts = await store.transaction(
    async (ledger) => {
      const seqs = await ledger.append(batch.kept.map(({ entry }) => entry));
      const fresh = batch.kept.filter((_, index) => seqs[index] !== null);
      const changes = await evaluateEvents(options, ledger, fresh);
      await ledger.noteDevices(batch.devices);
      await ledger.quarantine(batch.quarantined);
      return { changes, fresh: fresh.length };
    },
    ({ changes }) => hub.publish(changes),
  );
  metrics.events.inc({ result: 'stored' }, counts.fresh);
  metrics.events.inc({ result: 'repeated' }, batch.kept.length - counts.fresh);
  metrics.events.inc({ result: 'quarantined' }, batch.quarantined.length);
  metrics.events.inc({ result: 'dropped' }, batch.dropped);
  for (const { event } of counts.changes) metrics.alertEvents.inc({ type: event.type });
}

async function judgeMessages(store: Store, messages: readonly Message[]): Promise<Batch> {
  const devices = await store.directory.devices([...new Set(messages.map((one) => one.deviceId))]);
  const homeIds = [...devices.values()].flatMap((device) => device.bindings.map((b) => b.homeId));
  const homes = await store.directory.homes([...new Set(homeIds)]);
  const kept: Kept[] = [];
  const quarantined: Quarantined[] = [];
  const judged: { message: Message; device: DeviceFile; results: readonly Judged[] }[] = [];
  for (const message of messages) {
    const device = devices.get(message.deviceId);
    if (device === undefined) throw new Error('A device that signed in is not in the directory.');
    const results = message.readings.map((reading) =>
      judgeReading(reading, device, homes, message.receivedAt),
    );
    judged.push({ message, device, results });
    for (const result of results) if (result.kept) kept.push(result);
    for (const reason of message.refused) {
      const { deviceId, topic, bytes, receivedAt: at } = message;
      const { municipalityId } = device;
      quarantined.push({ municipalityId, deviceId, topic, reason, bytes, at });
    }
  }
  const results = judged.flatMap((each) => each.results);
  const dropped = results.length - kept.length;
  return { kept, quarantined, dropped, devices: readDevices(judged) };
}

/** Steps the homes through their events in order, and makes alerts of what they call for. */
async function evaluateEvents(
  options: BatchOptions,
  ledger: Ledger,
  fresh: readonly Kept[],
): Promise<readonly CommittedChange[]> {
  const contexts = new Map<string, HomeContext>();
  for (const { home } of fresh) if (home !== null) contexts.set(home.context.id, home.context);
  const before = await ledger.homes([...contexts.keys()]);
  // Asked for in the transaction, so that a change of the rules lies between two batches.
  const rulesOf = await options.rulebook.of(ledger, [...contexts.values()]);
  const after = new Map<string, Stepped>();
  const calls: HomeCall[] = [];
  for (const { entry, home } of fresh) {
    if (home === null) continue;
    const { id } = home.context;
    const rules = rulesOf.get(id);
    if (rules === undefined) throw new Error('A home that tells something has no rules.');
    const { state, since } = after.get(id) ?? {
      state: before.get(id) ?? emptyHome,
      since: entry.receivedAt,
    };
    const step = stepEvent(home.context, rules, state, eventOf(entry));
    after.set(id, { home, rules, state: step.state, since });
    calls.push(...callsOf(home, entry, step.calls));
  }
  await ledger.saveHomes(
    [...after.values()]
      .map((stepped) => ({ home: stepped.home, state: awake(stepped) }))
      .filter(({ home, state }) => state !== before.get(home.context.id))
      .map(({ home: { context }, state }) => ({
        homeId: context.id,
        municipalityId: context.municipalityId,
        state,
        dueAt: homeDueAt(state),
      })),
  );
  return calls.length === 0 ? [] : answer(options, ledger, calls);
}

/** What a home calls for, or that staff have come to it; `since` is when that happened there. */
interface HomeCall {
  home: HomeFile;
  call: Call | 'staff-came';
  since: number;
  at: number;
}

function callsOf(home: HomeFile, entry: LogEntry, calls: readonly Call[]): HomeCall[] {
  const came = showsStaff(home, entry) ? (['staff-came'] as const) : [];
  return [...calls, ...came].map((call) => ({
    home,
    call,
    since: entry.at,
    at: entry.receivedAt,
  }));
}

/** Makes alerts of what the homes call for. */
async function answer(
  { store, termsFor }: BatchOptions,
  ledger: Ledger,
  calls: readonly HomeCall[],
): Promise<readonly CommittedChange[]> {
  const terms = await termsFor(ledger);
  const live = await ledger.liveAlerts([...new Set(calls.map(({ home }) => home.context.id))]);
  const book = openBook(live, terms);
  for (const each of calls) {
    if (each.call === 'staff-came') arriveIn(each, live, book);
    else book.call(each.home.context, each.call, each.at);
  }
  return record(ledger, store.directory, book.changes(), terms);
}

/** Whether an event shows that staff have come to the home, as a tag by the door does. */
function showsStaff({ context }: HomeFile, { deviceId, type }: LogEntry): boolean {
  const device = context.devices.find(({ id }) => id === deviceId);
  return device !== undefined && isEventType(type) && isArrival(device.profile, type);
}

/** By so much the clock of a device may be behind ours. */
const clockToleranceMs = 60_000;

/** Whoever has said that they come to this home is there now; a tag from before they said so is somebody else's visit. */
function arriveIn({ home, since, at }: HomeCall, live: readonly Alert[], book: AlertBook): void {
  for (const alert of live) {
    const isBefore = since + clockToleranceMs < alert.dueSince;
    if (alert.homeId !== home.context.id || !isLive(alert) || isBefore) continue;
    book.command(alert, { type: 'arrive-in-person', at });
  }
}

/** An event must not put off the tick that a newly placed device, or a changed rule, waits for. */
function awake({ home, rules, state, since }: Stepped): HomeState {
  const isAwake = state.wakeAt !== undefined || !isSomethingUnawaited(home.context, rules, state);
  return isAwake ? state : { ...state, wakeAt: since };
}

function eventOf({ id, deviceId, type, at, receivedAt, skewMs = null, data }: LogEntry): Event {
  if (deviceId === null || isOwnType(type)) throw new Error('Only devices tell events.');
  return { id, deviceId, type, at, receivedAt, skewMs, data };
}
