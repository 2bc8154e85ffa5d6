import { describe, expect, test } from 'vitest';

import {
  type Answer,
  answerAfter,
  type AnswerStep,
  unanswered,
} from '../../../../gateway/domain/report/answer.ts';

function step(type: string, at: number, some: Partial<AnswerStep> = {}): AnswerStep {
  return { type, at, by: null, unitId: null, channel: null, reason: null, ...some };
}

const raised = step('raised', 0, { unitId: 'day' });

function after(...steps: readonly AnswerStep[]): Answer {
  return steps.reduce(answerAfter, unanswered);
}

describe('the answer to an alert', () => {
  test('is timed from when it was raised to the first of each', () => {
    const steps = [2, 1_000].flatMap((later) => [
      step('delivered', later, { channel: 'screen' }),
      step('accepted', later + 3, { by: 'astrid' }),
      step('arrived', later + 6, { by: 'astrid' }),
    ]);
    expect(after(raised, ...steps, step('resolved', 2_000, { by: 'astrid' }))).toEqual({
      unitId: 'day',
      askedAt: 0,
      timedFrom: 0,
      screenAt: 2,
      acceptedAt: 5,
      arrivedAt: 8,
      quietAt: null,
      endedAt: 2_000,
    });
  });

  test('counts no telephone as a screen, and what was stored before there were others as one', () => {
    expect(after(raised, step('delivered', 1, { channel: 'push' })).screenAt).toBeNull();
    expect(after(raised, step('delivered', 1)).screenAt).toBe(1);
  });

  test('is not asked for while it is held back in the instant in which it is raised', () => {
    for (const type of ['suppressed', 'inhibited'])
      expect(after(raised, step(type, 0))).toMatchObject({ askedAt: null, timedFrom: null });
  });

  test('is timed from when what held it back had ended', () => {
    expect(
      after(
        raised,
        step('suppressed', 0),
        step('returned', 500),
        step('delivered', 502),
        step('accepted', 510, { by: 'astrid' }),
      ),
    ).toMatchObject({ askedAt: 500, timedFrom: 500, screenAt: 502, acceptedAt: 510 });
  });

  test('is timed anew when it was held back after it had asked, and has not been accepted', () => {
    const held = after(raised, step('delivered', 1), step('inhibited', 40));
    expect(held).toMatchObject({ timedFrom: 0, screenAt: 1, quietAt: 40 });
    expect(answerAfter(held, step('returned', 90))).toMatchObject({
      askedAt: 0,
      timedFrom: 90,
      screenAt: null,
      quietAt: null,
    });
  });

  test('is not timed anew when whoever had it does not come', () => {
    const taken = after(raised, step('accepted', 5, { by: 'astrid' }), step('returned', 900));
    expect(taken).toMatchObject({ timedFrom: 0, acceptedAt: 5 });
  });

  test('is accepted by whoever comes without having said so', () => {
    const come = after(raised, step('delivered', 2), step('arrived', 50, { by: 'astrid' }));
    expect(come).toMatchObject({ acceptedAt: 50, arrivedAt: 50 });
    // Called again meanwhile, it is still answered.
    expect(after(raised, step('arrived', 50), step('returned', 900))).toMatchObject({
      timedFrom: 0,
      acceptedAt: 50,
    });
  });

  test('was given up when it left by itself, and not when a person ended it', () => {
    expect(after(raised, step('resolved', 40))).toMatchObject({ quietAt: 40, endedAt: null });
    expect(after(raised, step('resolved', 40, { by: 'astrid' }))).toMatchObject({
      quietAt: null,
      endedAt: 40,
    });
  });

  test('is of the unit that it asked first, and from the end of a test', () => {
    const moved = step('assigned', 60, { unitId: 'night', reason: 'plan' });
    expect(after(raised, moved).unitId).toBe('day');
    expect(after(raised, step('suppressed', 0), moved).unitId).toBe('night');
    const real = step('assigned', 60, { unitId: 'night', reason: 'test-ended' });
    expect(after(raised, real)).toMatchObject({ unitId: 'night', askedAt: 60, timedFrom: 60 });
  });
});
