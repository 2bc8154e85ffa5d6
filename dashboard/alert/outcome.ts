import type { AlertView, Outcome } from '../../gateway/protocol/alert.ts';

const care: readonly Outcome[] = ['helped', 'false-alarm', 'no-action', 'technical', 'test'];
const technical: readonly Outcome[] = ['technical', 'no-action', 'false-alarm', 'test', 'helped'];
const test: readonly Outcome[] = ['test', 'helped', 'false-alarm', 'no-action', 'technical'];

/** All outcomes, the likeliest for this alert first. */
export function outcomesFor(alert: AlertView): readonly Outcome[] {
  if (alert.isTest) return test;
  return alert.queue === 'technical' ? technical : care;
}
