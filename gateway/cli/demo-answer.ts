import { between, createDice, type Dice } from '../../simulators/dice.ts';
import type { Alert } from '../domain/alert/alert.ts';
import type { AlertCommand } from '../domain/alert/decide.ts';
import { queueOf } from '../domain/scope.ts';
import type { Outcome } from '../protocol/alert.ts';
import type { PastShift } from './demo-shift.ts';

/** What somebody does next with an alert, and when. */
export interface Intent {
  stage: 'seen' | 'accept' | 'arrive' | 'resolve';
  at: number;
  by: string;
  outcome: Outcome;
  /** From accepting to being there, and from there to being done. */
  arrivalMs: number;
  careMs: number;
  acceptAt: number;
}

const second = 1_000;
const minute = 60 * second;
const relief = 'demo-carer-2';

/** How an alert of the past is answered: mostly soon, at times late, once so that it is long asked for. */
export function intentFor(
  alert: Alert,
  {
    shifts,
    seed,
    isForgotten,
  }: { shifts: readonly PastShift[]; seed: string; isForgotten: boolean },
): Intent {
  const dice = createDice(seed, 'answer', alert.need, alert.raisedAt);
  if (queueOf(alert) === 'technical') return technical(alert, dice);
  const { raisedAt, severity } = alert;
  const isCovered = shifts.some(({ from, to }) => from <= raisedAt && raisedAt < to);
  const waitsMs = isForgotten
    ? between(dice, 34, 42) * minute
    : isCovered
      ? readinessMs(dice)
      : between(dice, 6, 18) * minute;
  const acceptAt = raisedAt + Math.round(waitsMs);
  const isHeldUp = dice() < 0.06;
  const farMs = severity === 'emergency' ? between(dice, 3, 9) : between(dice, 4, 14);
  return {
    stage: 'seen',
    at: raisedAt + Math.round(between(dice, 1, 6) * second),
    by: shifts.find(({ from, to }) => from <= acceptAt && acceptAt < to)?.personId ?? relief,
    outcome: outcomeOf(alert, dice),
    arrivalMs: Math.round((isHeldUp ? between(dice, 22, 30) : farMs) * minute),
    careMs: Math.round(between(dice, 4, 18) * minute),
    acceptAt,
  };
}

function readinessMs(dice: Dice): number {
  const luck = dice();
  if (luck < 0.72) return between(dice, 8, 45) * second;
  return luck < 0.92 ? between(dice, 45, 150) * second : between(dice, 150, 420) * second;
}

function technical({ raisedAt }: Alert, dice: Dice): Intent {
  return {
    stage: 'seen',
    at: raisedAt + Math.round(between(dice, 2, 15) * minute),
    by: 'demo-technician',
    outcome: 'technical',
    arrivalMs: Math.round(between(dice, 30, 180) * minute),
    careMs: Math.round(between(dice, 5, 30) * minute),
    acceptAt: raisedAt + Math.round(between(dice, 20, 90) * minute),
  };
}

function outcomeOf({ isTest, rule }: Alert, dice: Dice): Outcome {
  if (isTest) return 'test';
  const luck = dice();
  if (/smoke|water|co-/.test(rule.id)) return luck < 0.7 ? 'false-alarm' : 'helped';
  if (luck < 0.68) return 'helped';
  return luck < 0.85 ? 'false-alarm' : 'no-action';
}

/** What they ask for then; what waits for another alert is not theirs to take yet. */
export function commandOf(alert: Alert, { stage, at, by, outcome }: Intent): AlertCommand | null {
  switch (stage) {
    case 'seen':
      return { type: 'seen', at, by };
    case 'accept': {
      const isWaiting = alert.inhibitedBy !== null || alert.held !== null;
      return isWaiting ? null : { type: 'accept', at, by, etaMinutes: null };
    }
    case 'arrive':
      return { type: 'arrive', at, by };
    case 'resolve':
      return { type: 'resolve', at, by, outcome, note: null };
  }
}

/** What they do after that. */
export function nextIntent(intent: Intent): Intent {
  switch (intent.stage) {
    case 'seen':
      return { ...intent, stage: 'accept', at: Math.max(intent.at, intent.acceptAt) };
    case 'accept':
      return { ...intent, stage: 'arrive', at: intent.at + intent.arrivalMs };
    case 'arrive':
    case 'resolve':
      return { ...intent, stage: 'resolve', at: intent.at + intent.careMs };
  }
}
