import { type Alert, isLive } from '../domain/alert/alert.ts';
import { type AlertBook, openBook } from '../domain/alert/book.ts';
import type { HomeFile } from '../domain/directory.ts';
import type { TermsFor } from '../domain/duty/terms.ts';
import type { Event } from '../domain/event.ts';
import type { Call } from '../domain/home/call.ts';
import type { HomeContext } from '../domain/home/home-context.ts';
import { emptyHome, homeDueAt, type HomeState } from '../domain/home/home-state.ts';
import type { RuleSet } from '../domain/home/rule-set.ts';
import { isSomethingUnawaited } from '../domain/home/silence.ts';
import { stepEvent } from '../domain/home/step.ts';
import { provesAlarm, testAlarm } from '../domain/home/test-alarm.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import { isOwnType, type Ledger, type LogEntry } from '../domain/ledger.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import { isEventType } from '../protocol/catalogue.ts';
import { isArrival } from '../protocol/profile.ts';
import { type Batch, judgeBatch, type JudgeOptions, type Kept } from './judge-batch.ts';
import type { Message } from './message.ts';
import type { Metrics } from './metrics.ts';
import { record } from './record.ts';

/** A home after events of the batch; the first of them was received at `since`. */
interface Stepped {
  home: HomeFile;
  rules: RuleSet;
  state: HomeState;
  since: number;
}

export interface BatchOptions extends JudgeOptions {
  rulebook: Rulebook;
  termsFor: TermsFor;
  hub: Hub;
  metrics: Metrics;
}

/**
 * Stores and evaluates messages in one transaction, and tells the screens once it is committed. Answers why each message,
 * or a part of it, was refused; null where nothing was.
 */
export async function evaluateBatch(
  options: BatchOptions,
  messages: readonly Message[],
): Promise<readonly (string | null)[]> {
  const { store, hub, metrics } = options;
  const batch = await judgeBatch(options, messages);
  const counts = await store.transaction(
    async (ledger) => {
      const kept = await rename(ledger, batch.kept);
      const seqs = await ledger.append(kept.map(({ entry }) => entry));
      const fresh = kept.filter((_, index) => seqs[index] !== null);
      const changes = await evaluateEvents(options, ledger, fresh);
      await ledger.noteDevices(batch.devices);
      await ledger.quarantine(batch.quarantined);
      await keepHubNotes(ledger, batch);
      return { changes, fresh: fresh.length };
    },
    ({ changes }) => {
      batch.memory.keep();
      hub.publish(changes);
    },
  );
  metrics.events.inc({ result: 'stored' }, counts.fresh);
  metrics.events.inc({ result: 'repeated' }, batch.kept.length - counts.fresh);
  metrics.events.inc({ result: 'quarantined' }, batch.quarantined.length);
  metrics.events.inc({ result: 'dropped' }, batch.dropped);
  for (const { event } of counts.changes) metrics.alertEvents.inc({ type: event.type });
  return batch.refusals;
}

/** What was in flight when a line broke is sent again as soon as it holds. */
const resentWithinMs = 10 * 60_000;

/** Gives what was told before, and had no id of its own, the id it was told under. */
async function rename(ledger: Ledger, kept: readonly Kept[]): Promise<readonly Kept[]> {
  const renamed: Kept[] = [];
  for (const one of kept) {
    const { deviceId, receivedAt } = one.entry;
    const known =
      one.prefix === null || deviceId === null
        ? null
        : await ledger.toldAs(deviceId, one.prefix, receivedAt - resentWithinMs);
    renamed.push(known === null ? one : { ...one, entry: { ...one.entry, id: known } });
  }
  return renamed;
}

async function keepHubNotes(
  ledger: Ledger,
  { memory, found, notUnderstood }: Batch,
): Promise<void> {
  const remembered = memory.changes();
  if (remembered.length > 0) await ledger.remember(remembered);
  if (found.length > 0) await ledger.noteFound(found);
  if (notUnderstood.length > 0) await ledger.noteNotUnderstood(notUnderstood);
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

  /** Whether what it calls for is asked of a technician who tries the device out. */
  async function isTest({ homeId, deviceId, receivedAt }: LogEntry, made: readonly Call[]) {
    if (homeId === null || !made.some(({ type }) => type === 'raise')) return false;
    const { testModeOf } = await options.termsFor(ledger);
    return testModeOf(homeId, deviceId, receivedAt) !== null;
  }

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
    const next = (await isTest(entry, step.calls)) ? uncalled(step.state, state) : step.state;
    after.set(id, { home, rules, state: next, since });
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

/** A test must not use up the time in which another device's call for the same need would be one too many. */
function uncalled(next: HomeState, { called = {} }: HomeState): HomeState {
  return { ...next, called };
}

/** What a home calls for, that staff have come to it, or that a device on trial has shown its alarm, or is yet to. */
interface HomeCall {
  home: HomeFile;
  entry: LogEntry;
  call: Call | 'staff-came' | 'alarm-proven' | 'alarm-missing';
}

function callsOf(home: HomeFile, entry: LogEntry, calls: readonly Call[]): HomeCall[] {
  const came = showsStaff(home, entry) ? (['staff-came'] as const) : [];
  return [...calls, ...came, ...proofOf(home, entry, calls)].map((call) => ({ home, entry, call }));
}

function proofOf(
  { context }: HomeFile,
  entry: LogEntry,
  calls: readonly Call[],
): readonly ('alarm-proven' | 'alarm-missing')[] {
  const { type, receivedAt, deviceId } = entry;
  const device = context.devices.find(({ id }) => id === deviceId);
  if (device?.armedAt === undefined || isOwnType(type) || receivedAt < device.armedAt) return [];
  const { profile, armedAt } = device;
  if (!provesAlarm({ ...entry, type }, { profile, armedAt })) return [];
  return [calls.some((call) => call.type === 'raise') ? 'alarm-proven' : 'alarm-missing'];
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
  const proven = new Set<string>();
  for (const { home, entry, call } of calls) {
    const { deviceId, receivedAt } = entry;
    if (call === 'staff-came') {
      arriveIn(home.context.id, entry, live, book);
    } else if (call !== 'alarm-proven' && call !== 'alarm-missing') {
      book.call(home.context, call, receivedAt);
    } else if (deviceId !== null && !proven.has(deviceId)) {
      proven.add(deviceId);
      const isOnTrial = terms.testModeOf(home.context.id, deviceId, receivedAt) !== null;
      if (isOnTrial && call === 'alarm-missing') {
        book.call(home.context, testAlarm({ ...entry, deviceId }), receivedAt);
      }
    }
  }
  if (proven.size > 0) await ledger.disarm([...proven]);
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
function arriveIn(
  homeId: string,
  { at: since, receivedAt: at }: LogEntry,
  live: readonly Alert[],
  book: AlertBook,
): void {
  for (const alert of live) {
    const isBefore = since + clockToleranceMs < alert.dueSince;
    if (alert.homeId !== homeId || !isLive(alert) || isBefore) continue;
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
