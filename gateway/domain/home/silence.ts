import type { During } from '../../protocol/rule/during.ts';
import type { Call } from './call.ts';
import type { HomeContext, HomeDevice } from './home-context.ts';
import type { Gap, HomeState, Silence } from './home-state.ts';
import { clear, needOf, raise } from './need.ts';
import type { CompiledRule, RuleSet } from './rule-set.ts';
import type { Arrival } from './start.ts';
import { backlogGraceMs } from './wait.ts';
import { windowsFrom } from './wall-clock.ts';

/** A silence that goes on is raised again, but not so often that nobody listens. */
const raisedAgainAfterMs = 12 * 3_600_000;
/** Gaps that wait to be judged at a time; a backlog of days holds a few a day. */
const gapsKept = 512;
/** How often one gap is raised at the most: a month of it, if the gateway was away so long. */
const raisedInGap = 62;

/** Notes that something expected was heard. Whether it came in time is for the tick to judge. */
export function breakSilences(
  home: HomeContext,
  rules: RuleSet,
  state: HomeState,
  { event, device, calls }: Arrival,
): HomeState {
  let silences = state.silences;
  for (const rule of rules.breaking.get(event.type) ?? []) {
    const about = rule.per === 'device' ? device : null;
    const forMs = allowedMs(rule, about);
    if (device === null || forMs === null) continue;
    const scope = about?.id ?? '';
    const need = needOf(rule, scope);
    const before = silences[need] ?? unheard(home, about);
    const after = heard(before, event, forMs);
    if (before.raisedAt !== after.raisedAt) calls.push(clear(rule, scope, event.at));
    if (after !== silences[need]) silences = { ...silences, [need]: after };
  }
  return silences === state.silences ? state : { ...state, silences };
}

function heard(
  before: Silence,
  { at, receivedAt }: { at: number; receivedAt: number },
  forMs: number,
): Silence {
  if (at <= before.last) return splitGap(before, at, forMs);
  const checkAt = Math.min(before.checkAt, at + forMs);
  const after = { ...before, last: at, checkAt, raisedAt: null };
  if (before.raisedAt !== null) return after;
  return withGap(after, { from: before.last, to: at, dueAt: receivedAt + backlogGraceMs }, forMs);
}

function withGap(silence: Silence, gap: Gap, forMs: number): Silence {
  if (gap.to - gap.from < forMs) return silence;
  const checkAt = Math.min(silence.checkAt, gap.dueAt);
  return { ...silence, checkAt, gaps: [...silence.gaps, gap].slice(-gapsKept) };
}

/** A late event falls into a gap: what is left on either side of it may still be too long. */
function splitGap(silence: Silence, at: number, forMs: number): Silence {
  const gap = silence.gaps.find(({ from, to }) => from < at && at < to);
  if (gap === undefined) return silence;
  const parts = [
    { ...gap, to: at },
    { ...gap, from: at },
  ].filter(({ from, to }) => to - from >= forMs);
  const gaps = silence.gaps.flatMap((other) => (other === gap ? parts : [other]));
  return { ...silence, gaps };
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
    for (const device of expectedOf(rule, home)) {
      const forMs = allowedMs(rule, device);
      if (forMs === null) continue;
      const scope = device?.id ?? '';
      const need = needOf(rule, scope);
      const before = state.silences[need] ?? unheard(home, device);
      silences[need] = judge({ rule, scope, forMs, timeZone: home.timeZone }, before, at, calls);
    }
  }
  const { wakeAt: _, ...rest } = state;
  return { ...rest, silences };
}

/** Whether something is expected that no tick has begun to wait for: a device was placed since the last. */
export function isSomethingUnawaited(
  home: HomeContext,
  rules: RuleSet,
  { silences }: HomeState,
): boolean {
  const isUnawaited = (rule: CompiledRule) => (device: HomeDevice | null) =>
    allowedMs(rule, device) !== null && silences[needOf(rule, device?.id ?? '')] === undefined;
  return rules.rules.some((rule) => expectedOf(rule, home).some(isUnawaited(rule)));
}

/** Whom a rule expects to hear: each device, or the home as a whole (null) if something in it can tell. */
function expectedOf(
  { absence, per }: CompiledRule,
  { devices }: HomeContext,
): readonly (HomeDevice | null)[] {
  if (absence === undefined) return [];
  if (per === 'device') return devices;
  const { of } = absence;
  const isTold = devices.some(
    ({ tells }) => of === 'any' || of.some((type) => tells.includes(type)),
  );
  return isTold ? [null] : [];
}

/** What has never been heard is waited for from when it was placed. */
function unheard(home: HomeContext, device: HomeDevice | null): Silence {
  const placed = device === null ? home.devices : [device];
  const last = Math.min(...placed.map(({ placedAt }) => placedAt));
  return { last, checkAt: last, raisedAt: null, gaps: [] };
}

interface Expectation {
  rule: CompiledRule;
  scope: string;
  forMs: number;
  timeZone: string;
}

function judge(expected: Expectation, silence: Silence, at: number, calls: Call[]): Silence {
  if (silence.checkAt > at) return silence;
  const gaps = judgeGaps(expected, silence.gaps, at, calls);
  const { last, raisedAt, checkAt } = judgeOngoing(expected, silence, at, calls);
  const nextGapAt = Math.min(...gaps.map(({ dueAt }) => dueAt));
  return { last, raisedAt, gaps, checkAt: Math.min(checkAt, nextGapAt) };
}

function judgeGaps(
  { rule, scope, forMs, timeZone }: Expectation,
  gaps: readonly Gap[],
  at: number,
  calls: Call[],
): readonly Gap[] {
  for (const { from, to, dueAt } of gaps) {
    if (dueAt > at) continue;
    let tooLong = tooLongAt(rule.during, from, forMs, timeZone);
    if (tooLong >= to) continue;
    for (let times = 0; tooLong < to && times < raisedInGap; times += 1) {
      calls.push(raise(rule, scope, { ...saidOf(scope), since: from, lateByMs: at - tooLong }));
      tooLong = againAt(rule.during, tooLong, forMs, timeZone);
    }
    calls.push(clear(rule, scope, to));
  }
  return gaps.filter(({ dueAt }) => dueAt > at);
}

function judgeOngoing(
  { rule, scope, forMs, timeZone }: Expectation,
  { last, raisedAt }: Silence,
  at: number,
  calls: Call[],
): Pick<Silence, 'last' | 'raisedAt' | 'checkAt'> {
  const due =
    raisedAt === null
      ? tooLongAt(rule.during, last, forMs, timeZone)
      : againAt(rule.during, raisedAt, forMs, timeZone);
  if (due > at) return { last, raisedAt, checkAt: due };
  calls.push(raise(rule, scope, { ...saidOf(scope), since: last, lateByMs: at - due }));
  return { last, raisedAt: at, checkAt: againAt(rule.during, at, forMs, timeZone) };
}

/** When a silence that was raised at `at` and goes on is raised again. */
function againAt(during: During | undefined, at: number, forMs: number, timeZone: string): number {
  return tooLongAt(during, at, Math.max(forMs, raisedAgainAfterMs), timeZone);
}

function saidOf(scope: string): { deviceId: string | null; eventId: null } {
  return { deviceId: scope === '' ? null : scope, eventId: null };
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
