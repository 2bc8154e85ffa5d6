import type { Alert } from './alert/alert.ts';
import { isLive } from './alert/alert.ts';
import { openBook } from './alert/book.ts';
import type { AlertCommand } from './alert/decide.ts';
import type { AlertTerms } from './alert/terms.ts';
import type { Event } from './event.ts';
import { awayOf } from './home/away-entry.ts';
import { stepAway } from './home/away.ts';
import type { HomeContext } from './home/home-context.ts';
import { emptyHome, homeDueAt, type HomeState } from './home/home-state.ts';
import type { RuleSet } from './home/rule-set.ts';
import { type Step, stepEvent, stepTick } from './home/step.ts';
import { type AlertChangeSet, isOwnType, type LogEntry } from './ledger.ts';

/** A home as people had furnished it from then on. */
export interface DatedContext {
  from: number;
  context: HomeContext;
}

export interface EvaluationOptions {
  /** Oldest first; the first holds also before its time. */
  contexts: readonly [DatedContext, ...DatedContext[]];
  rules: RuleSet;
  terms: AlertTerms;
  /** Told of every alert as it is after each thing that changed it, in order. */
  changed: (alert: Alert) => void;
  /** Told of the same with what happened to it, as a ledger keeps it. */
  settled?: (change: AlertChangeSet) => void;
  /** Nobody answers here: how long after it was raised an alert is taken to have been resolved; null for never. */
  handledAfterMs?: number | null;
  /** Which rules hold after an entry that says that they changed; those of before, without it. */
  changeTo?: (entry: LogEntry) => RuleSet | null;
  /** Where an earlier evaluation stopped, and until when it had judged. */
  state?: HomeState;
  live?: readonly Alert[];
  now?: number;
}

/**
 * A home's log, judged as it comes: the one evaluator of the live system, tests and backtests.
 * What it keeps grows with what is live in the home, not with the log.
 */
export interface Evaluation {
  /** Takes an entry of the log. What the log itself says of passing time is judged as it stands. */
  take: (entry: LogEntry) => void;
  /** Lets what is due before that time happen, each at its own time; what is due at it may still be prevented. */
  passUntil: (at: number) => void;
  /** The same, and what is due at that very time. */
  passTime: (at: number) => void;
  /** Looks at the home at that time although nothing is due, so that what is expected is waited for. */
  wake: (at: number) => void;
  /**
   * Lets somebody do something with a live alert, or a deadline of its own pass.
   * @throws AppError as `decide` does.
   */
  command: (alert: Alert, command: AlertCommand) => void;
  state: () => HomeState;
  live: () => readonly Alert[];
  now: () => number;
}

export function openEvaluation(options: EvaluationOptions): Evaluation {
  const { contexts, terms, changed, settled, handledAfterMs = null, changeTo } = options;
  const book = openBook(options.live ?? [], terms);
  /** In the order in which they were raised. */
  const live = new Map((options.live ?? []).map((alert) => [alert.id, alert]));
  /** Resolved while what they were about went on; its end is still to be told. */
  const unended = new Map<string, Alert>();
  let { rules, state = emptyHome } = options;
  let current = 0;
  /** Nothing is judged earlier than what was judged before it: a deadline may be past when it is computed. */
  let { now = -Infinity } = options;
  let known: { state: HomeState; dueAt: number } = { state, dueAt: homeDueAt(state) ?? Infinity };

  function home(): HomeContext {
    return (contexts[current] ?? contexts[0]).context;
  }

  function take({ state: next, calls }: Step, at: number): void {
    state = next;
    now = Math.max(now, at);
    if (calls.length === 0) return;
    for (const call of calls) book.call(home(), call, at);
    settle();
    if (handledAfterMs === null) return;
    for (const { type, need, since } of calls) {
      const alert = unended.get(need);
      if (alert === undefined) continue;
      unended.delete(need);
      if (type === 'clear' && since >= alert.latestSince) changed({ ...alert, clearedAt: since });
    }
  }

  function settle(): void {
    for (const change of book.settle()) {
      const { alert } = change;
      if (isLive(alert)) live.set(alert.id, alert);
      else live.delete(alert.id);
      if (unended.has(alert.need) && !isLive(alert)) unended.set(alert.need, alert);
      changed(alert);
      settled?.(change);
    }
  }

  /** The alert that has been live the longest, and when it is taken to be resolved. */
  function nextHandled(): { alert: Alert; at: number } | null {
    if (handledAfterMs === null) return null;
    for (const alert of live.values()) return { alert, at: alert.raisedAt + handledAfterMs };
    return null;
  }

  /** Whoever comes sees to what the alert held back, too. */
  function handle(alert: Alert, at: number): void {
    const heldBack = [...live.values()].filter(({ inhibitedBy }) => inhibitedBy?.id === alert.id);
    for (const each of [...heldBack, alert]) {
      book.command(each, { type: 'resolve', at, by: '', outcome: 'helped', note: null });
      if (each.clearedAt === null) unended.set(each.need, each);
    }
    settle();
  }

  function dueAt(): number {
    if (known.state !== state) known = { state, dueAt: homeDueAt(state) ?? Infinity };
    return known.dueAt;
  }

  function passTo(until: number, isDue: (at: number) => boolean): void {
    for (;;) {
      const refurnishedAt = contexts[current + 1]?.from ?? Infinity;
      const handled = nextHandled();
      const next = Math.min(refurnishedAt, handled?.at ?? Infinity, dueAt());
      const at = Math.max(now, next);
      if (next === refurnishedAt && at <= until && at < Infinity) {
        // What is placed at an instant may tell something at that very instant.
        current += 1;
        wake(at);
      } else if (!isDue(at)) return;
      else if (handled?.at === next) handle(handled.alert, at);
      else take(stepTick(home(), rules, state, at), at);
    }
  }

  function wake(at: number): void {
    state = { ...state, wakeAt: Math.min(state.wakeAt ?? Infinity, at) };
  }

  return {
    take: (entry) => {
      if (isEvent(entry)) take(stepEvent(home(), rules, state, entry), entry.receivedAt);
      else if (entry.type === 'time.passed')
        take(stepTick(home(), rules, state, entry.at), entry.at);
      else if (entry.type === 'rules.changed') {
        rules = changeTo?.(entry) ?? rules;
        now = Math.max(now, entry.receivedAt);
        wake(entry.receivedAt);
      } else if (entry.type === 'gateway.away') {
        state = stepAway(state, awayOf(entry));
        now = Math.max(now, entry.receivedAt);
      }
    },
    passUntil: (until) => passTo(until, (at) => at < until),
    passTime: (until) => passTo(until, (at) => at <= until && at < Infinity),
    wake,
    command: (alert, command) => {
      now = Math.max(now, command.at);
      book.command(alert, command);
      settle();
    },
    state: () => state,
    live: () => [...live.values()],
    now: () => now,
  };
}

function isEvent(entry: LogEntry): entry is LogEntry & Event {
  return entry.deviceId !== null && !isOwnType(entry.type);
}
