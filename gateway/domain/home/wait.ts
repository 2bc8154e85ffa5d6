import type { Event } from '../event.ts';
import type { Call } from './call.ts';
import { callOrHold } from './cooldown.ts';
import type { HomeState, Wait } from './home-state.ts';
import { clear, raise } from './need.ts';
import { type CompiledRule, ruleOf, type RuleSet } from './rule-set.ts';
import { firstTrace, isAfter, isOf } from './trace.ts';

/** How long a deadline that was past when it was computed waits for the rest of the backlog. */
export const backlogGraceMs = 5_000;
/** Repetitions within the wait of another that may wait too; of more, the first and the latest ones are kept. */
const repetitionsKept = 16;
/** Beginnings of one need that may wait at a time: a month's backlog of a busy door, before any of its ends. */
const waitsKept = 512;

/** What begins: from when, until when it must hold or be answered, and about what. */
export type Beginning = Pick<Wait, 'kind' | 'since' | 'deadline' | 'scope'>;

/** Waits, unless what would end it has been heard already. */
export function beginWait(
  state: HomeState,
  rule: CompiledRule,
  event: Pick<Event, 'deviceId' | 'id' | 'receivedAt'>,
  beginning: Beginning,
): HomeState {
  const { kind, since, deadline } = beginning;
  // What reassures after a fall may come from anywhere in the home.
  const scope = kind === 'then' ? '' : beginning.scope;
  const endedAt = firstTrace(state, endersOf(rule, kind), { since, until: deadline, scope });
  return endedAt === null ? addWait(state, rule, event, beginning) : state;
}

function addWait(
  state: HomeState,
  rule: CompiledRule,
  event: Pick<Event, 'deviceId' | 'id' | 'receivedAt'>,
  beginning: Beginning,
): HomeState {
  const { id: eventId, deviceId, receivedAt } = event;
  const isPast = beginning.deadline <= receivedAt;
  const wait: Wait = {
    rule: rule.id,
    version: rule.version,
    ...beginning,
    deviceId,
    eventId,
    dueAt: isPast ? receivedAt + backlogGraceMs : beginning.deadline,
  };
  const waits = [...state.waits, wait];
  const spared = spare(
    waits.filter((other) => isSameNeed(other, wait)),
    wait,
  );
  return {
    ...state,
    waits: spared === undefined ? waits : waits.filter((each) => each !== spared),
  };
}

/** The wait that can be done without, when there are too many of one need. */
function spare(same: readonly Wait[], wait: Wait): Wait | undefined {
  if (same.length <= repetitionsKept) return undefined;
  const sorted = same.toSorted((a, b) => a.since - b.since);
  const first = sorted.find((other) => other !== wait && isSubsumed(wait, other));
  const repeated = first === undefined ? [] : sorted.filter((other) => isSubsumed(other, first));
  // The newest beginning is kept: whatever ends the others may be older than it.
  if (repeated.length > repetitionsKept) return repeated.at(-2);
  return same.length > waitsKept ? sorted[0] : undefined;
}

function endersOf(rule: CompiledRule, kind: Wait['kind']) {
  return kind === 'then' ? (rule.then?.no ?? []) : [...rule.endedBy];
}

/** Ends the waits that the event answers: those begun before it whose deadline it meets. */
export function endWaits(rules: RuleSet, state: HomeState, event: Event): HomeState {
  if (state.waits.length === 0) return state;
  const waits = state.waits.filter((wait) => !isEnded(rules, wait, event));
  return waits.length === state.waits.length ? state : { ...state, waits };
}

function isEnded(rules: RuleSet, wait: Wait, event: Event): boolean {
  const rule = ruleOf(rules, wait);
  if (rule === undefined) return false;
  const isEnder =
    wait.kind === 'then'
      ? rule.then?.no.includes(event.type) === true
      : rule.endedBy.has(event.type) && isOf(wait.scope, event.deviceId);
  return (
    isEnder &&
    event.at <= wait.deadline &&
    isAfter(event.at, wait.since, wait.deviceId === event.deviceId)
  );
}

/** Raises what has lasted long enough; later beginnings of the same unbroken condition go with the first. */
export function judgeWaits(rules: RuleSet, state: HomeState, at: number, calls: Call[]): HomeState {
  const due = state.waits.filter((wait) => wait.dueAt <= at);
  if (due.length === 0) return state;
  due.sort((a, b) => a.deadline - b.deadline || a.since - b.since);
  const left = new Set(state.waits);
  let next = state;
  for (const wait of due) {
    if (!left.delete(wait)) continue;
    const rule = ruleOf(rules, wait);
    if (rule === undefined) continue;
    const along = [...left].filter((other) => isSameNeed(other, wait) && isSubsumed(other, wait));
    for (const other of along) left.delete(other);
    const callsBefore = calls.length;
    next = mature(rule, wait, { ...next, waits: [...left] }, { at, calls });
    if (calls.length > callsBefore) calls.push(...callsOfOthers(rule, wait, along, at));
    for (const begun of next.waits) left.add(begun);
  }
  return { ...next, waits: [...left] };
}

/**
 * What other devices have told of the same: the one that told it first may be on trial, so that its call is a test, and
 * theirs is not.
 */
function callsOfOthers(
  rule: CompiledRule,
  first: Wait,
  along: readonly Wait[],
  at: number,
): readonly Call[] {
  const told = new Set([first.deviceId]);
  const calls: Call[] = [];
  for (const wait of first.kind === 'then' ? [] : along.toSorted((a, b) => a.since - b.since)) {
    const { scope, deviceId, eventId, since, deadline } = wait;
    if (told.has(deviceId)) continue;
    told.add(deviceId);
    calls.push(raise(rule, scope, { deviceId, eventId, since, lateByMs: at - deadline }));
  }
  return calls;
}

function isSameNeed(a: Wait, b: Wait): boolean {
  return a.rule === b.rule && a.scope === b.scope && a.kind === b.kind;
}

/** Whether a beginning is but a repetition within the wait of another, which nothing has ended. */
function isSubsumed(beginning: { since: number }, wait: Wait): boolean {
  return wait.since <= beginning.since && beginning.since <= wait.deadline;
}

function mature(
  rule: CompiledRule,
  wait: Wait,
  state: HomeState,
  { at, calls }: { at: number; calls: Call[] },
): HomeState {
  const { deviceId, eventId, since, scope, deadline } = wait;
  const call = raise(rule, scope, { deviceId, eventId, since, lateByMs: at - deadline });
  if (wait.kind === 'then') {
    calls.push({ ...call, severity: rule.then?.severity ?? rule.severity, worsening: true });
    return state;
  }
  const { state: next, held, isCalled } = callOrHold(state, { rule, call, at: deadline }, calls);
  const origin = { deviceId, id: eventId, receivedAt: at };
  if (held !== null) return beginWait(next, rule, origin, { ...held, scope });
  if (!isCalled) return next;
  const cleared = firstTrace(next, rule.clearedBy ?? [], { since, until: Infinity, scope });
  if (cleared !== null) calls.push(clear(rule, scope, cleared));
  return beginThen(next, rule, origin, { since: deadline, scope });
}

/** After an alert: unless what reassures comes in time, it is worse. */
export function beginThen(
  state: HomeState,
  rule: CompiledRule,
  event: Pick<Event, 'deviceId' | 'id' | 'receivedAt'>,
  { since, scope }: { since: number; scope: string },
): HomeState {
  if (rule.then === undefined) return state;
  const deadline = since + rule.then.within;
  return beginWait(state, rule, event, { kind: 'then', since, deadline, scope });
}
