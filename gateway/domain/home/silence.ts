import type { Call } from './call.ts';
import type { HomeContext, HomeDevice } from './home-context.ts';
import type { HomeState, Silence } from './home-state.ts';
import { clear, needOf, raise, scopeOf } from './need.ts';
import type { CompiledRule, RuleSet } from './rule-set.ts';
import type { Arrival } from './start.ts';
import { type During, windowsFrom } from './wall-clock.ts';

/** A silence that goes on is raised again, but not so often that nobody listens. */
const raisedAgainAfterMs = 12 * 3_600_000;

/** Notes that something expected was heard; moving a deadline later needs no recount, the tick does it. */
export function breakSilences(
  rules: RuleSet,
  state: HomeState,
  { event, device, calls }: Arrival,
): HomeState {
  let silences = state.silences;
  for (const rule of rules.breaking.get(event.type) ?? []) {
    const forMs = allowedMs(rule, device);
    if (forMs === null) continue;
    const scope = scopeOf(rule, event.deviceId);
    const need = needOf(rule, scope);
    const before = silences[need];
    if (before !== undefined && before.last >= event.at) continue;
    if (before !== undefined && before.raisedAt !== null && event.at > before.raisedAt) {
      calls.push(clear(rule, scope, event.at));
    }
    const after = { last: event.at, checkAt: before?.checkAt ?? event.at, raisedAt: null };
    silences = { ...silences, [need]: after };
  }
  return silences === state.silences ? state : { ...state, silences };
}

/** The silence a rule allows, in milliseconds; null if it does not speak of this device. */
function allowedMs(rule: CompiledRule, device: HomeDevice | null): number | null {
  const allowed = rule.absence?.for ?? null;
  return allowed === 'supervision' ? (device?.silentAfterMs ?? null) : allowed;
}

/** Judges every silence of the home as it is now, so that a newly placed device is waited for too. */
export function judgeSilences(
  home: HomeContext,
  rules: RuleSet,
  state: HomeState,
  { at, calls }: { at: number; calls: Call[] },
): HomeState {
  const silences: Record<string, Silence> = {};
  for (const rule of rules.rules) {
    if (rule.absence === undefined) continue;
    for (const device of rule.per === 'device' ? home.devices : [null]) {
      const forMs = allowedMs(rule, device);
      if (forMs === null) continue;
      const scope = device?.id ?? '';
      const need = needOf(rule, scope);
      const before = state.silences[need] ?? {
        last: since(home, device, at),
        checkAt: 0,
        raisedAt: null,
      };
      silences[need] = judge({ rule, scope, forMs, timeZone: home.timeZone }, before, at, calls);
    }
  }
  return { ...state, silences };
}

function since(home: HomeContext, device: HomeDevice | null, at: number): number {
  if (device !== null) return device.placedAt;
  return Math.min(at, ...home.devices.map(({ placedAt }) => placedAt));
}

interface Expectation {
  rule: CompiledRule;
  scope: string;
  forMs: number;
  timeZone: string;
}

function judge(expected: Expectation, silence: Silence, at: number, calls: Call[]): Silence {
  if (silence.checkAt > at) return silence;
  const { rule, scope, forMs, timeZone } = expected;
  const from = silence.raisedAt === null ? silence.last : silence.raisedAt;
  const patienceMs = silence.raisedAt === null ? forMs : Math.max(forMs, raisedAgainAfterMs);
  const due = tooLongAt(rule.during, from, patienceMs, timeZone);
  if (due > at) return { ...silence, checkAt: due };
  const deviceId = scope === '' ? null : scope;
  calls.push(
    raise(rule, scope, { deviceId, eventId: null, since: silence.last, lateByMs: at - due }),
  );
  const raisedAt = at;
  const again = tooLongAt(rule.during, raisedAt, Math.max(forMs, raisedAgainAfterMs), timeZone);
  return { ...silence, raisedAt, checkAt: again };
}

/** When a silence since `from` becomes too long; with `during`, only the time within one window counts. */
function tooLongAt(
  during: During | undefined,
  from: number,
  forMs: number,
  timeZone: string,
): number {
  if (during === undefined) return from + forMs;
  const windows = windowsFrom(during, from, timeZone);
  const long = windows.find((window) => Math.max(window.from, from) + forMs < window.to);
  // A window shorter than the silence allowed is judged where it ends.
  if (long === undefined) return windows[0]?.to ?? from + forMs;
  return Math.max(long.from, from) + forMs;
}
