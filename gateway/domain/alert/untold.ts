import type { Command } from './alert-command.ts';
import type { AlertEvent } from './alert-event.ts';
import { type Alert, nextStepOf } from './alert.ts';
import { askFrom, reachOf } from './ask.ts';
import type { AlertTerms } from './terms.ts';

/** Somebody could not be told. Where that leaves nobody whom the step under way can reach, the next is taken at once. */
export function untold(
  alert: Alert,
  { at, channel, to, why }: Command<'untold'>,
  terms: AlertTerms,
): readonly AlertEvent[] {
  const undelivered: AlertEvent = { type: 'undelivered', at, channel, to, why };
  const isAsking = alert.state === 'firing' && alert.held === null && alert.inhibitedBy === null;
  const step = nextStepOf(alert);
  if (!isAsking || step === alert.step || !reachOf(alert, alert.step, at, terms).isNobody)
    return [undelivered];
  return [undelivered, ...askFrom(alert, { at, step, reason: 'nobody-reached' }, terms)];
}
