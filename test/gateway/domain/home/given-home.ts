import { expect } from 'vitest';

import type { Event } from '../../../../gateway/domain/event.ts';
import { stepAway } from '../../../../gateway/domain/home/away.ts';
import type { Call } from '../../../../gateway/domain/home/call.ts';
import type { HomeContext } from '../../../../gateway/domain/home/home-context.ts';
import {
  emptyHome,
  homeDueAt,
  type HomeState,
} from '../../../../gateway/domain/home/home-state.ts';
import { compileRules, type RuleSet } from '../../../../gateway/domain/home/rule-set.ts';
import { stepEvent, stepTick } from '../../../../gateway/domain/home/step.ts';
import { type EventType, eventTypes } from '../../../../gateway/protocol/catalogue.ts';
import { Rules } from '../../../../gateway/protocol/rule/rule.ts';

export const timeZone = 'Europe/Stockholm';

/** An instant of the wall clock in Stockholm; of the two in the hour that comes twice, the first. */
export function local(text: string): number {
  return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
}

export function rulesOf(...rules: object[]): RuleSet {
  const titled = rules.map((rule) => ({
    id: 'rule',
    title: { sv: 'Regel', en: 'Rule' },
    severity: 'high',
    ...rule,
  }));
  return compileRules(Rules.parse(titled));
}

export function homeWith(...devices: Partial<HomeContext['devices'][number]>[]): HomeContext {
  return {
    id: 'home',
    municipalityId: 'municipality',
    unitId: 'unit',
    timeZone,
    flags: [],
    devices: devices.map((device, index) => ({
      id: `device-${index}`,
      name: 'Device',
      profile: 'event-only',
      placement: 'other',
      placedAt: 0,
      tells: eventTypes,
      silentAfterMs: null,
      ...device,
    })),
  };
}

let lastId = 0;

export function event(
  deviceId: string,
  type: EventType,
  at: number,
  more: Partial<Event> = {},
): Event {
  lastId += 1;
  return { id: `e${lastId}`, deviceId, type, at, receivedAt: at, data: {}, ...more };
}

/** A home that lives: events and time go in, calls come out. */
export function liveHome(home: HomeContext, rules: RuleSet) {
  let state: HomeState = emptyHome;
  const calls: { at: number; call: Call }[] = [];

  const self = {
    hears: (...events: Event[]) => {
      for (const heard of events) {
        const step = stepEvent(home, rules, state, heard);
        state = step.state;
        for (const call of step.calls) calls.push({ at: heard.receivedAt, call });
      }
      return self;
    },
    /** Is told at `notedAt` that nothing could be heard from `from` until `to`, or that nothing can. */
    isAway: (from: number, to: number | null, notedAt: number) => {
      state = stepAway(state, { from, to, notedAt });
      return self;
    },
    /** Sweeps at each deadline, as it falls due, up to and including `at`. */
    passesTime: (at: number) => {
      for (let due = homeDueAt(state); due !== null && due <= at; due = homeDueAt(state)) {
        const now = Math.max(due, 0);
        const step = stepTick(home, rules, state, now);
        state = step.state;
        for (const call of step.calls) calls.push({ at: now, call });
      }
      return self;
    },
    /** Sweeps once, as late as it is. */
    sweepsAt: (at: number) => {
      const step = stepTick(home, rules, state, at);
      state = step.state;
      for (const call of step.calls) calls.push({ at, call });
      return self;
    },
    calls: () => calls.map(({ call }) => call),
    /** The needs that were raised, and when. */
    raised: () =>
      calls.flatMap(({ at, call }) => (call.type === 'raise' ? [{ need: call.need, at }] : [])),
    callsFor: (need: string, at?: number) => {
      expect(self.raised()).toEqual([{ need, at: at ?? expect.any(Number) }]);
    },
    staysQuiet: () => {
      expect(self.raised()).toEqual([]);
    },
    state: () => state,
    dueAt: () => homeDueAt(state),
  };
  return self;
}
