import { durationKeys } from '../../protocol/rule/parameter.ts';
import type { Rule } from '../../protocol/rule/rule.ts';
import { valueOf } from '../../protocol/rule/setting.ts';
import type { Alert } from '../alert/alert.ts';
import { staffedTerms } from '../duty/terms.ts';
import { openEvaluation } from '../evaluation.ts';
import { contextsOf, type HomeHistory, type Span } from '../history.ts';
import { judgedUntil } from '../home/away-entry.ts';
import type { RuleSet } from '../home/rule-set.ts';
import type { LogEntry } from '../ledger.ts';

const hourMs = 3_600_000;
const shortestWarmUpMs = 24 * hourMs;
const longestWarmUpMs = 7 * 24 * hourMs;

/** How long before the span to begin, so that waits and silences are in their right state when it starts. */
export function warmUpOf(rules: readonly Rule[]): number {
  const durations = rules.flatMap((rule) => durationKeys.map((key) => valueOf(rule, key) ?? 0));
  return Math.min(longestWarmUpMs, Math.max(shortestWarmUpMs, ...durations));
}

/** What one set of rules makes of a home's events. */
export interface Judge {
  take: (event: LogEntry) => void;
  /** Judges what is left until the end of the span. */
  end: () => void;
  /** How many alerts count. */
  alerts: () => number;
}

export interface JudgeOptions {
  span: Span;
  warmUpMs: number;
  rules: RuleSet;
  handledAfterMs: number | null;
  /** Told of each alert that counts, whenever it changes. */
  changed?: (alert: Alert) => void;
}

/**
 * What counts is raised within the span and calls somebody: not what another alert holds back until it is given back,
 * and not what tells of faulty equipment whatever the rules say.
 */
export function openJudge(home: HomeHistory, options: JudgeOptions): Judge {
  const { span, warmUpMs, rules, handledAfterMs, changed } = options;
  const start = span.from - warmUpMs;
  /** The alert that was counted last, and the one that was held back last, by need. */
  const counted = new Map<string, string>();
  const heldBack = new Map<string, string>();
  let ids = 0;
  let alerts = 0;
  const terms = staffedTerms(() => String((ids += 1)));
  const evaluation = openEvaluation({
    contexts: contextsOf(home, start),
    rules,
    terms,
    handledAfterMs,
    changed: (alert) => {
      if (alert.raisedAt < span.from || alert.raisedAt >= span.to) return;
      if (!rules.byId.has(alert.rule.id)) return;
      if (counted.get(alert.need) !== alert.id) {
        if (alert.inhibitedBy !== null) heldBack.set(alert.need, alert.id);
        if (heldBack.get(alert.need) === alert.id && !isCalling(alert)) return;
        counted.set(alert.need, alert.id);
        alerts += 1;
      }
      changed?.(alert);
    },
  });
  evaluation.wake(start);
  return {
    take: (event) => {
      evaluation.passUntil(judgedUntil(event));
      evaluation.take(event);
    },
    end: () => evaluation.passUntil(span.to),
    alerts: () => alerts,
  };
}

function isCalling({ state, inhibitedBy }: Alert): boolean {
  return inhibitedBy === null && state !== 'resolved';
}
