import type { Alert } from './alert/alert.ts';
import type { AlertTerms } from './alert/terms.ts';
import { type EvaluationOptions, openEvaluation } from './evaluation.ts';
import { judgedUntil } from './home/away-entry.ts';
import type { HomeContext } from './home/home-context.ts';
import type { RuleSet } from './home/rule-set.ts';
import type { LogEntry } from './ledger.ts';

/**
 * The alerts that a home's log gives under these rules, while nobody answers any of them.
 * Entries come in the order of the log; those that say that time passed are judged as they stand.
 * With `until`, time goes on by itself instead: what is due before an entry is judged at its own time, and in the end
 * what is due up to `until`.
 */
export function evaluate(
  home: HomeContext,
  rules: RuleSet,
  log: readonly LogEntry[],
  terms: AlertTerms & { until?: number } & Pick<EvaluationOptions, 'changeTo'>,
): readonly Alert[] {
  const { until, changeTo } = terms;
  const alerts = new Map<string, Alert>();
  const evaluation = openEvaluation({
    contexts: [{ from: -Infinity, context: home }],
    rules,
    terms,
    changed: (alert) => alerts.set(alert.id, alert),
    ...(changeTo === undefined ? {} : { changeTo }),
  });
  for (const entry of log) {
    if (until !== undefined) evaluation.passUntil(judgedUntil(entry));
    if (until === undefined || entry.type !== 'time.passed') evaluation.take(entry);
  }
  if (until !== undefined) evaluation.passTime(until);
  return [...alerts.values()];
}
