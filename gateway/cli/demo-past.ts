import type { AlertEvent } from '../domain/alert/alert-event.ts';
import { type Alert, isLive } from '../domain/alert/alert.ts';
import type { AlertTerms } from '../domain/alert/terms.ts';
import { type Evaluation, openEvaluation } from '../domain/evaluation.ts';
import { contextsOf, type HomeHistory, type Span } from '../domain/history.ts';
import { homeDueAt } from '../domain/home/home-state.ts';
import type { RuleSet } from '../domain/home/rule-set.ts';
import type { AlertChangeSet, LogEntry } from '../domain/ledger.ts';
import { queueOf } from '../domain/scope.ts';
import { commandOf, type Intent, intentFor, nextIntent } from './demo-answer.ts';
import type { PastShift } from './demo-shift.ts';

export interface PastOptions {
  homes: readonly HomeHistory[];
  rules: RuleSet;
  terms: AlertTerms;
  shifts: readonly PastShift[];
  seed: string;
  span: Span;
}

/** A past in which alerts were raised and answered, and none is left. */
export interface Past {
  /** Takes entries of the log in order of time; answers alerts that were resolved by then, each with its whole story. */
  take: (entries: readonly LogEntry[]) => readonly AlertChangeSet[];
  /** Lets it end: whatever is still live is resolved. */
  end: () => readonly AlertChangeSet[];
}

interface PastHome {
  evaluation: Evaluation;
  intents: Map<string, Intent>;
}

const minute = 60_000;
/** After so much of the time the next call is the one that nobody answers for long. */
const forgottenAfter = 0.4;

/** Judges what homes told by the rules, and has carers answer as they do; nothing of it is told to anybody. */
export function openPast({ homes, rules, terms, shifts, seed, span }: PastOptions): Past {
  let done: AlertChangeSet[] = [];
  let hasForgotten = false;
  const all = new Map(homes.map((home) => [home.id, open(home)]));

  function open(home: HomeHistory): PastHome {
    const intents = new Map<string, Intent>();
    const stories = new Map<string, AlertEvent[]>();
    const evaluation = openEvaluation({
      contexts: contextsOf(home, span.from),
      rules,
      terms,
      changed: () => {},
      settled: ({ alert, events }) => {
        const story = stories.get(alert.id) ?? [];
        story.push(...events);
        stories.set(alert.id, story);
        if (isLive(alert)) {
          if (!intents.has(alert.id)) intents.set(alert.id, intend(alert));
          return;
        }
        stories.delete(alert.id);
        intents.delete(alert.id);
        // It is kept when it is over, so that none is ever live in the running system.
        done.push({ alert, before: null, events: story });
      },
    });
    evaluation.wake(span.from);
    return { evaluation, intents };
  }

  function intend(alert: Alert): Intent {
    const isForgotten =
      !hasForgotten &&
      queueOf(alert) === 'care' &&
      alert.raisedAt >= span.from + forgottenAfter * (span.to - span.from);
    if (isForgotten) hasForgotten = true;
    return intentFor(alert, { shifts, seed, isForgotten });
  }

  function take(entries: readonly LogEntry[]): readonly AlertChangeSet[] {
    for (const entry of entries) {
      const home = entry.homeId === null ? undefined : all.get(entry.homeId);
      if (home === undefined) continue;
      passUntil(home, entry.receivedAt);
      home.evaluation.take(entry);
    }
    return handOver();
  }

  function end(): readonly AlertChangeSet[] {
    for (const home of all.values()) {
      passUntil(home, span.to);
      const { evaluation, intents } = home;
      for (const alert of evaluation.live()) {
        const intent = intents.get(alert.id);
        if (intent === undefined) continue;
        const by = alert.by ?? intent.by;
        const last = { ...intent, by, stage: 'resolve', at: evaluation.now() } as const;
        // What another has taken with it is over already.
        if (evaluation.live().some(({ id }) => id === alert.id)) resolve(home, alert, last);
      }
    }
    return handOver();
  }

  function handOver(): readonly AlertChangeSet[] {
    const over = done;
    done = [];
    return over;
  }

  return { take, end };
}

/** Lets happen what is due before that time, in the homes and by those who answer, each at its own time. */
function passUntil(home: PastHome, until: number): void {
  const { evaluation } = home;
  for (;;) {
    const act = nextAct(home);
    const actAt = Math.min(act?.at ?? Infinity, until);
    const homeAt = Math.max(homeDueAt(evaluation.state()) ?? Infinity, evaluation.now());
    if (homeAt < actAt) evaluation.passUntil(homeAt + 1);
    else if (act !== null && act.at < until) act.run();
    else return evaluation.passUntil(until);
  }
}

interface Act {
  at: number;
  run: () => void;
}

/** What somebody does next, or the next deadline of an alert that has passed unanswered. */
function nextAct(home: PastHome): Act | null {
  const { evaluation, intents } = home;
  let first: Act | null = null;
  for (const alert of evaluation.live()) {
    const intent = intents.get(alert.id);
    const now = evaluation.now();
    const tickAt = Math.max(alert.dueAt ?? Infinity, now);
    const actAt = Math.max(intent?.at ?? Infinity, now);
    const at = Math.min(tickAt, actAt);
    if (first !== null && first.at <= at) continue;
    const isAct = intent !== undefined && actAt <= tickAt;
    const run = isAct
      ? () => answer(home, alert, { ...intent, at })
      : () => evaluation.command(alert, { type: 'tick', at });
    first = { at, run };
  }
  return first;
}

function answer(home: PastHome, alert: Alert, intent: Intent): void {
  const { evaluation, intents } = home;
  // A device that is still silent is not done with.
  const isDone = queueOf(alert) === 'care' || alert.clearedAt !== null;
  if (intent.stage === 'resolve' && isDone) return resolve(home, alert, intent);
  if (intent.stage === 'resolve') {
    intents.set(alert.id, { ...intent, at: intent.at + 30 * minute });
    return;
  }
  const command = commandOf(alert, intent);
  intents.set(
    alert.id,
    command === null ? { ...intent, at: intent.at + minute } : nextIntent(intent),
  );
  if (command !== null) evaluation.command(alert, command);
}

/** Whoever is done has seen to what the alert held back, too. */
function resolve({ evaluation }: PastHome, alert: Alert, intent: Intent): void {
  const heldBack = evaluation.live().filter(({ inhibitedBy }) => inhibitedBy?.id === alert.id);
  for (const each of [...heldBack, alert]) {
    const command = commandOf(each, { ...intent, by: each.by ?? intent.by });
    if (command !== null) evaluation.command(each, command);
  }
}
