import type { Event } from '../event.ts';
import type { Call } from './call.ts';
import type { HomeState, Wait } from './home-state.ts';
import { clear, raise } from './need.ts';
import type { CompiledRule, RuleSet } from './rule-set.ts';
import { firstTrace, isAfter, isOf } from './trace.ts';

/** How long a deadline that was past when it was computed waits for the rest of the backlog. */
export const backlogGraceMs = 5_000;
/** Beginnings of one need that may wait before one that only repeats another takes the place of the latest. */
const waitsPerNeed = 16;

export function addWait(
  state: HomeState,
  rule: CompiledRule,
  event: Event,
  span: { since: number; until: number; scope: string },
): HomeState {
  const same = state.waits.filter((wait) => wait.rule === rule.id && wait.scope === span.scope);
  // The newest beginning is kept: whatever ends the others may be older than it.
  const isRepetition = same.length >= waitsPerNeed && same.some((wait) => isSubsumed(span, wait));
  const spared = isRepetition ? same.toSorted((a, b) => a.since - b.since).at(-1) : undefined;
  const isPast = span.until <= event.receivedAt;
  const wait: Wait = {
    rule: rule.id,
    kind: rule.for === undefined ? 'then' : 'for',
    scope: span.scope,
    deviceId: event.deviceId,
    eventId: event.id,
    since: span.since,
    deadline: span.until,
    dueAt: isPast ? event.receivedAt + backlogGraceMs : span.until,
  };
  return { ...state, waits: [...state.waits.filter((other) => other !== spared), wait] };
}

/** Ends the waits that the event answers: those begun before it whose deadline it meets. */
export function endWaits(rules: RuleSet, state: HomeState, event: Event): HomeState {
  const ended = rules.ending.get(event.type) ?? [];
  if (ended.length === 0 || state.waits.length === 0) return state;
  const isEnded = (wait: Wait) =>
    ended.some(({ id }) => id === wait.rule) &&
    (wait.kind === 'then' || isOf(wait.scope, event.deviceId)) &&
    event.at <= wait.deadline &&
    isAfter(event.at, wait.since, wait.deviceId === event.deviceId);
  const waits = state.waits.filter((wait) => !isEnded(wait));
  return waits.length === state.waits.length ? state : { ...state, waits };
}

/** Raises what has lasted long enough; later beginnings of the same unbroken condition go with the first. */
export function judgeWaits(rules: RuleSet, state: HomeState, at: number, calls: Call[]): HomeState {
  const due = state.waits.filter((wait) => wait.dueAt <= at);
  if (due.length === 0) return state;
  due.sort((a, b) => a.deadline - b.deadline || a.since - b.since);
  const left = new Set(state.waits);
  for (const wait of due) {
    if (!left.delete(wait)) continue;
    const rule = rules.byId.get(wait.rule);
    if (rule === undefined) continue;
    for (const other of left) {
      const isSame = other.rule === wait.rule && other.scope === wait.scope;
      if (isSame && isSubsumed(other, wait)) left.delete(other);
    }
    mature(rule, wait, state, at, calls);
  }
  return { ...state, waits: [...left] };
}

/** Whether a beginning is but a repetition within the wait of another, which nothing has ended. */
function isSubsumed(beginning: { since: number }, wait: Wait): boolean {
  return wait.since <= beginning.since && beginning.since <= wait.deadline;
}

function mature(rule: CompiledRule, wait: Wait, state: HomeState, at: number, calls: Call[]): void {
  const { deviceId, eventId, since } = wait;
  const call = raise(rule, wait.scope, { deviceId, eventId, since, lateByMs: at - wait.deadline });
  if (wait.kind === 'then') {
    calls.push({ ...call, severity: rule.then?.severity ?? rule.severity, worsening: true });
    return;
  }
  calls.push(call);
  const cleared = firstTrace(state, rule.clearedBy ?? [], {
    since,
    until: Infinity,
    scope: wait.scope,
  });
  if (cleared !== null) calls.push(clear(rule, wait.scope, cleared));
}
