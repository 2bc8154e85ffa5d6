import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { AlertEvent } from '../../../../gateway/domain/alert/alert-event.ts';
import { type AlertCommand, decide } from '../../../../gateway/domain/alert/decide.ts';
import { evolve, fold } from '../../../../gateway/domain/alert/evolve.ts';
import { furthestDeadlineMs } from '../../../../gateway/domain/alert/policy.ts';
import { AppError } from '../../../../gateway/domain/errors.ts';
import { Outcome, Severity } from '../../../../gateway/protocol/alert.ts';
import { alertAfter, call, given, policy, raisedEvent, reached, terms } from './given-alert.ts';

const minute = 60_000;
const raised = raisedEvent();
const accepted: AlertEvent = {
  type: 'accepted',
  at: 10,
  by: 'amina',
  etaAt: null,
  dueAt: 20 * minute,
};
const arrived: AlertEvent = { type: 'arrived', at: 20, by: 'amina', dueAt: 30 * minute };
const resolved: AlertEvent = {
  type: 'resolved',
  at: 30,
  by: 'amina',
  outcome: 'helped',
  note: null,
};

describe('a firing alert', () => {
  test('asks on when nobody answers in time', () => {
    given(raised)
      .when({ type: 'tick', at: minute })
      .gives({ type: 'escalated', step: 1, reason: 'unanswered', dueAt: minute + 90_000 });
  });

  test('waits until its deadline', () => {
    given(raised)
      .when({ type: 'tick', at: minute - 1 })
      .gives();
  });

  test('repeats the last step until somebody answers', () => {
    const escalated: AlertEvent = {
      type: 'escalated',
      reached,
      at: minute,
      step: 1,
      reason: 'unanswered',
      dueAt: minute + 90_000,
    };
    given(raised, escalated)
      .when({ type: 'tick', at: 10 * minute })
      .gives({ type: 'escalated', step: 1, dueAt: 10 * minute + 90_000 });
  });

  test('goes to the first who accepts', () => {
    given(raised)
      .when({ type: 'accept', at: 5, by: 'amina', etaMinutes: null })
      .gives({ type: 'accepted', by: 'amina', dueAt: 5 + policy.arrivalMs });
  });

  test('gives who promises to take longer that time', () => {
    given(raised)
      .when({ type: 'accept', at: 0, by: 'amina', etaMinutes: 45 })
      .gives({ type: 'accepted', etaAt: 45 * minute, dueAt: 45 * minute });
  });

  test('asks on at once when help is pressed again', () => {
    given(raised)
      .when({ ...call, urgent: true, at: 5 })
      .gives({ type: 'repeated' }, { type: 'escalated', step: 1, reason: 'pressed-again' });
  });

  test('only notes any other repetition', () => {
    given(raised)
      .when({ ...call, at: 5 })
      .gives({ type: 'repeated' });
  });

  test('asks on at once when it gets worse', () => {
    given(raised)
      .when({ ...call, severity: 'emergency', worsening: true, at: 5 })
      .gives({ type: 'repeated', severity: 'emergency' }, { type: 'escalated', reason: 'worse' });
  });

  test('is as severe as the worst that was told of it', () => {
    const worse: AlertEvent = {
      type: 'repeated',
      at: 5,
      severity: 'emergency',
      deviceId: null,
      eventId: null,
      since: 5,
    };
    expect(alertAfter(raised, worse).severity).toBe('emergency');
    expect(alertAfter(raised, worse, { ...worse, severity: 'low' }).severity).toBe('emergency');
  });

  test('stays when its condition clears, unless its rule lets it leave', () => {
    given(raised).when({ type: 'clear', need: 'n', since: 5, at: 5 }).gives({ type: 'cleared' });
    given(raisedEvent({ leavesWhenCleared: true }))
      .when({ type: 'clear', need: 'n', since: 5, at: 5 })
      .gives({ type: 'cleared' }, { type: 'resolved', by: null, outcome: 'no-action' });
  });

  test('is not cleared by something that was before it', () => {
    given(raisedEvent({ since: 10 }))
      .when({ type: 'clear', need: 'n', since: 5, at: 20 })
      .gives();
  });

  test('is not cleared by something that was before its latest repetition', () => {
    const again: AlertEvent = {
      type: 'repeated',
      at: 60,
      severity: 'high',
      deviceId: null,
      eventId: null,
      since: 60,
    };
    given(raised, again).when({ type: 'clear', need: 'n', since: 30, at: 70 }).gives();
    given(raised, again)
      .when({ type: 'clear', need: 'n', since: 61, at: 70 })
      .gives({ type: 'cleared' });
  });

  test('counts one receipt for each step', () => {
    given(raised)
      .when({ type: 'seen', at: 1, by: 'amina' })
      .gives({ type: 'delivered', by: 'amina', step: 0 });
    const delivered: AlertEvent = {
      type: 'delivered',
      at: 1,
      by: 'amina',
      step: 0,
      channel: 'screen',
      to: null,
    };
    given(raised, delivered).when({ type: 'seen', at: 2, by: 'johan' }).gives();
  });

  test('asks on at once when nobody is left whom the step could reach, and only then', () => {
    const gone = {
      type: 'untold',
      at: 10,
      channel: 'webhook',
      to: 'centre',
      why: 'HTTP 410',
    } as const;
    const nobody = { ...reached, isNobody: true };
    const stepWithout = (alone: boolean) => ({
      ...terms,
      reachOf: (_: unknown, { asks }: { asks: readonly { who: string }[] }) =>
        alone && asks[0]?.who === 'responsible-unit' ? nobody : reached,
    });
    const alert = alertAfter(raised);
    expect(decide(alert, gone, stepWithout(true))).toMatchObject([
      { type: 'undelivered', to: 'centre' },
      { type: 'escalated', at: 10, step: 1, reason: 'nobody-reached', dueAt: 10 + 90_000 },
    ]);
    expect(decide(alert, gone, stepWithout(false))).toMatchObject([{ type: 'undelivered' }]);
    const taken = alertAfter(raised, accepted);
    expect(decide(taken, gone, stepWithout(true))).toMatchObject([{ type: 'undelivered' }]);
  });

  test('can be held back, but only until a time', () => {
    given(raised)
      .when({ type: 'hold', at: 1, why: 'silence', until: minute * 5 })
      .gives({ type: 'suppressed', reason: 'silence', until: minute * 5, dueAt: minute * 5 });
    given(raised).when({ type: 'hold', at: 5, why: 'silence', until: 5 }).gives();
  });
});

describe('an accepted alert', () => {
  test('refuses a second carer', () => {
    given(raised, accepted)
      .when({ type: 'accept', at: 11, by: 'johan', etaMinutes: null })
      .isRefused('Somebody else already has this alert.');
  });

  test('takes the same answer twice', () => {
    given(raised, accepted).when({ type: 'accept', at: 11, by: 'amina', etaMinutes: null }).gives();
  });

  test('returns, louder, when nobody arrives', () => {
    given(raised, accepted)
      .when({ type: 'tick', at: 20 * minute })
      .gives({ type: 'returned', step: 1, reason: 'no-arrival', dueAt: 20 * minute + 90_000 });
    const returned = decide(alertAfter(raised, accepted), { type: 'tick', at: 20 * minute }, terms);
    expect(returned.reduce(evolve, alertAfter(raised, accepted))).toMatchObject({
      state: 'firing',
      by: null,
    });
  });

  test('does not ask others when help is pressed again', () => {
    given(raised, accepted)
      .when({ ...call, urgent: true, at: 15 })
      .gives({ type: 'repeated' });
  });

  test('stays when its condition clears, even if its rule lets it leave', () => {
    given(raisedEvent({ leavesWhenCleared: true }), accepted)
      .when({ type: 'clear', need: 'n', since: 15, at: 15 })
      .gives({ type: 'cleared' });
  });

  test('knows when somebody has arrived', () => {
    given(raised, accepted)
      .when({ type: 'arrive', at: 20, by: 'amina' })
      .gives({ type: 'arrived', by: 'amina', dueAt: 20 + policy.reminderMs });
  });
});

describe('an alert with somebody on site', () => {
  const pressed = (at: number) => ({ ...call, urgent: true, at, since: at });

  test('takes a press within five minutes for one that the carer sees to', () => {
    given(raised, accepted, arrived)
      .when(pressed(20 + 5 * minute - 1))
      .gives({ type: 'repeated' });
  });

  test('asks everybody anew when help is pressed later: the carer has left and forgotten it', () => {
    given(raised, accepted, arrived)
      .when(pressed(20 + 5 * minute))
      .gives({ type: 'repeated' }, { type: 'returned', step: 1, reason: 'pressed-again' });
  });

  test('asks anew for any other call once the carer has been reminded', () => {
    const again = { ...call, at: 20 + 30 * minute, since: 20 + 30 * minute };
    given(raised, accepted, arrived)
      .when({ ...again, at: again.at - 1 })
      .gives({ type: 'repeated' });
    given(raised, accepted, arrived).when(again).gives({ type: 'repeated' }, { type: 'returned' });
  });

  test('is its carer’s until they have been reminded, and then anybody’s', () => {
    const byJohan = { type: 'resolve', by: 'johan', outcome: 'helped', note: null } as const;
    given(raised, accepted, arrived)
      .when({ ...byJohan, at: 20 + 30 * minute - 1 })
      .isRefused('Somebody else already has this alert.');
    given(raised, accepted, arrived)
      .when({ ...byJohan, at: 20 + 30 * minute })
      .gives({ type: 'resolved', by: 'johan' });
  });

  test('reminds, again and again, to be resolved', () => {
    given(raised, accepted, arrived)
      .when({ type: 'tick', at: 40 * minute })
      .gives({ type: 'notified', reason: 'reminder', dueAt: 70 * minute });
  });

  test('is resolved with an outcome', () => {
    given(raised, accepted, arrived)
      .when({ type: 'resolve', at: 30, by: 'amina', outcome: 'helped', note: 'Up again.' })
      .gives({ type: 'resolved', by: 'amina', outcome: 'helped', note: 'Up again.' });
  });
});

describe('a resolved alert', () => {
  test('can be commented on, and nothing else', () => {
    given(raised, resolved)
      .when({ type: 'comment', at: 40, by: 'karin', text: 'Called the daughter.' })
      .gives({ type: 'commented' });
    given(raised, resolved)
      .when({ type: 'accept', at: 40, by: 'johan', etaMinutes: null })
      .isRefused('already been resolved');
    given(raised, resolved)
      .when({ type: 'tick', at: 10 ** 12 })
      .gives();
  });

  test('takes the same outcome twice, and no other', () => {
    given(raised, resolved)
      .when({ type: 'resolve', at: 40, by: 'amina', outcome: 'helped', note: null })
      .gives();
    given(raised, resolved)
      .when({ type: 'resolve', at: 40, by: 'amina', outcome: 'test', note: null })
      .isRefused('already been resolved');
  });
});

const by = fc.constantFrom('amina', 'johan');
const holdReasons = ['silence', 'pause', 'staff-on-site'] as const;
const later = fc.integer({ min: 0, max: 40 * minute });
const anyCommand: fc.Arbitrary<(at: number) => AlertCommand> = fc.oneof(
  fc
    .record({
      severity: fc.constantFrom(...Severity.options),
      urgent: fc.boolean(),
      worsening: fc.boolean(),
    })
    .map((more) => (at: number) => ({ ...call, ...more, at })),
  later.map((since) => (at: number) => ({ type: 'clear' as const, need: 'n', since, at })),
  fc.constant((at: number) => ({ type: 'tick' as const, at })),
  by.map((who) => (at: number) => ({ type: 'seen' as const, at, by: who })),
  fc
    .tuple(by, fc.option(fc.integer({ min: 0, max: 240 })))
    .map(([who, etaMinutes]) => (at: number) => ({
      type: 'accept' as const,
      at,
      by: who,
      etaMinutes,
    })),
  by.map((who) => (at: number) => ({ type: 'decline' as const, at, by: who })),
  by.map((who) => (at: number) => ({ type: 'arrive' as const, at, by: who })),
  by.map((who) => (at: number) => ({ type: 'take-over' as const, at, by: who, etaMinutes: null })),
  fc.tuple(by, by).map(([who, to]) => (at: number) => ({
    type: 'hand-over' as const,
    at,
    by: who,
    to,
  })),
  by.map((who) => (at: number) => ({ type: 'give-back' as const, at, by: who })),
  by.map((who) => (at: number) => ({ type: 'want-help' as const, at, by: who })),
  fc
    .constantFrom(...(['arrive-in-person', 'unhold', 'assign'] as const))
    .map((type) => (at: number) => ({
      type,
      at,
    })),
  by.map((to) => (at: number) => ({ type: 'told' as const, at, channel: 'push' as const, to })),
  by.map((to) => (at: number) => {
    return { type: 'untold' as const, at, channel: 'email' as const, to, why: 'no such mailbox' };
  }),
  fc.tuple(fc.constantFrom(...holdReasons), later).map(([why, forMs]) => (at: number) => ({
    type: 'hold' as const,
    at,
    why,
    until: at + forMs,
  })),
  by.map((who) => (at: number) => ({ type: 'comment' as const, at, by: who, text: 'x' })),
  fc.constantFrom('fall', 'smoke').map((id) => (at: number) => {
    const inhibitor = { id, title: { sv: id, en: id }, queue: 'care' as const };
    return { type: 'inhibit' as const, at, inhibitor };
  }),
  fc.constant((at: number) => ({ type: 'release' as const, at, reason: 'uninhibited' as const })),
  fc.tuple(by, fc.constantFrom(...Outcome.options)).map(([who, outcome]) => (at: number) => ({
    type: 'resolve' as const,
    at,
    by: who,
    outcome,
    note: null,
  })),
);

/** Gives each command some time after the one before; a refused one changes nothing. */
function live(commands: readonly ((at: number) => AlertCommand)[], gaps: readonly number[]) {
  const history: AlertEvent[] = [raisedEvent({ leavesWhenCleared: gaps.length % 2 === 0 })];
  let alert = alertAfter(...history);
  let at = 0;
  const seen = [{ alert, at }];
  for (const [index, command] of commands.entries()) {
    at += gaps[index % gaps.length] ?? 0;
    try {
      const events = decide(alert, command(at), terms);
      history.push(...events);
      alert = events.reduce(evolve, alert);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
    seen.push({ alert, at });
  }
  return { alert, history, seen };
}

const anyLife = fc.tuple(
  fc.array(anyCommand, { maxLength: 40 }),
  fc.array(later, { minLength: 1, maxLength: 10 }),
);

test('every alert has a deadline ahead of it in every state but resolved, whatever is asked of it', () => {
  fc.assert(
    fc.property(anyLife, ([commands, gaps]) => {
      for (const { alert, at } of live(commands, gaps).seen) {
        if (alert.state === 'resolved') expect(alert.dueAt).toBeNull();
        else {
          expect(Number.isFinite(alert.dueAt)).toBe(true);
          expect(alert.dueAt).toBeLessThanOrEqual(at + furthestDeadlineMs);
        }
      }
    }),
  );
});

test('an alert is the sum of its history', () => {
  fc.assert(
    fc.property(anyLife, ([commands, gaps]) => {
      const { alert, history } = live(commands, gaps);
      expect(fold(history)).toEqual(alert);
    }),
  );
});

test('a person who asks the same twice changes nothing the second time', () => {
  fc.assert(
    fc.property(anyLife, anyCommand, ([commands, gaps], command) => {
      const { alert, seen } = live(commands, gaps);
      const asked = command(seen.at(-1)?.at ?? 0);
      if (['raise', 'comment', 'decline', 'told', 'untold'].includes(asked.type)) return;
      // Of two deadlines that have passed each tick takes one.
      if (asked.type === 'tick' && alert.helpWanted !== null) return;
      try {
        const once = decide(alert, asked, terms).reduce(evolve, alert);
        expect(decide(once, asked, terms)).toEqual([]);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }),
  );
});

test('history is never refused', () => {
  fc.assert(
    fc.property(anyLife, anyLife, ([commands, gaps], [others, otherGaps]) => {
      const { alert } = live(commands, gaps);
      const { history } = live(others, otherGaps);
      expect(() => history.reduce(evolve, alert)).not.toThrow();
    }),
  );
});
