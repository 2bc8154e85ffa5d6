import type { EventType } from '../protocol/catalogue.ts';
import type { Alert } from './alert/alert.ts';
import { type AlertTerms, openBook } from './alert/book.ts';
import type { HomeContext } from './home/home-context.ts';
import { emptyHome, homeDueAt, type HomeState } from './home/home-state.ts';
import type { RuleSet } from './home/rule-set.ts';
import { type Step, stepEvent, stepTick } from './home/step.ts';
import type { LogEntry } from './ledger.ts';

/**
 * The alerts that a home's log gives under these rules, while nobody answers any of them.
 * Entries come in the order of the log; those that say that time passed are judged as they stand.
 * With `until`, time goes on by itself: before each entry, and in the end to `until`, what is due is judged in time.
 */
export function evaluate(
  home: HomeContext,
  rules: RuleSet,
  log: readonly LogEntry[],
  terms: AlertTerms & { until?: number },
): readonly Alert[] {
  const book = openBook([], terms);
  let state: HomeState = emptyHome;

  function take({ state: next, calls }: Step, at: number): void {
    state = next;
    for (const call of calls) book.call(home, call, at);
  }

  function passTime(until: number): void {
    for (let due = homeDueAt(state); due !== null && due <= until; due = homeDueAt(state)) {
      take(stepTick(home, rules, state, due), due);
    }
  }

  for (const entry of log) {
    if (terms.until !== undefined) passTime(entry.receivedAt);
    if (entry.type === 'time.passed') {
      take(stepTick(home, rules, state, entry.at), entry.at);
    } else if (entry.deviceId !== null && entry.type !== 'rules.changed') {
      const { deviceId, id, at, receivedAt, data } = entry;
      const event = { id, deviceId, type: entry.type satisfies EventType, at, receivedAt, data };
      take(stepEvent(home, rules, state, event), receivedAt);
    }
  }
  if (terms.until !== undefined) passTime(terms.until);
  return book.changes().map(({ alert }) => alert);
}
