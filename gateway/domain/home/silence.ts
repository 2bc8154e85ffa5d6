import { unheardSpans, untoldSpans } from './away.ts';
import type { Call } from './call.ts';
import { concerns, isMeant } from './concern.ts';
import { occupyingTypes, pausesOf } from './emptiness.ts';
import type { HomeContext, HomeDevice } from './home-context.ts';
import type { Gap, HomeState, Silence } from './home-state.ts';
import { clear, needOf, raise } from './need.ts';
import { noticeUnjudged } from './notice.ts';
import type { CompiledRule, RuleSet } from './rule-set.ts';
import { type SilenceClock, toldAt, tooLongAt } from './silence-clock.ts';
import type { Arrival } from './start.ts';
import { backlogGraceMs } from './wait.ts';

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
  arrival: Arrival,
): HomeState {
  const { event, device, calls } = arrival;
  if (device === null) return state;
  let next = state;
  for (const rule of rules.breaking.get(event.type) ?? []) {
    const meant = isMeant(rule, home, event, device);
    if (meant === null) next = noticeUnjudged(next, rule, event, calls);
    // What could not be judged is no sign of life: better one alert too many.
    if (meant === true) next = breakSilence(home, rules, next, { ...arrival, device, rule });
  }
  if (rules.pausing.length === 0 || !occupyingTypes.includes(event.type)) return next;
  return lookSooner(home, rules, next, event);
}

function breakSilence(
  home: HomeContext,
  rules: RuleSet,
  state: HomeState,
  { event, device, calls, rule }: Arrival & { device: HomeDevice; rule: CompiledRule },
): HomeState {
  const about = rule.per === 'device' ? device : null;
  const forMs = allowedMs(rule, about);
  if (forMs === null) return state;
  const scope = about?.id ?? '';
  const need = needOf(rule, scope);
  const known = state.silences[need];
  const begun = () =>
    isJudgedBy(rules, state) ? unheard(home, state, about) : silentSince(event.receivedAt);
  const before = known ?? begun();
  const after = heard(before, event, forMs);
  if (before.raisedAt !== after.raisedAt) calls.push(clear(rule, scope, event.at));
  if (after === known) return state;
  return { ...state, silences: { ...state.silences, [need]: after } };
}

/** Somebody is at home again: from now on silence counts, sooner than was thought. */
function lookSooner(
  home: HomeContext,
  rules: RuleSet,
  state: HomeState,
  { at, receivedAt }: Arrival['event'],
): HomeState {
  const silences = { ...state.silences };
  for (const rule of rules.pausing) {
    for (const device of expectedOf(rule, home)) {
      const need = needOf(rule, device?.id ?? '');
      const before = silences[need];
      const forMs = allowedMs(rule, device);
      if (before === undefined || forMs === null) continue;
      const checkAt = Math.max(at + forMs, receivedAt + backlogGraceMs);
      if (checkAt < before.checkAt) silences[need] = { ...before, checkAt };
    }
  }
  return { ...state, silences };
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
  const isJudged = isJudgedBy(rules, state);
  const clockOf = clocksOf(home, state);
  for (const rule of rules.expecting) {
    const clock = clockOf(rule);
    for (const device of expectedOf(rule, home)) {
      const forMs = allowedMs(rule, device);
      if (forMs === null) continue;
      const scope = device?.id ?? '';
      const need = needOf(rule, scope);
      const known = state.silences[need];
      // Other rules may find it too long already; what is new to them is waited for from now.
      const silence = isJudged
        ? (known ?? unheard(home, state, device))
        : { ...(known ?? silentSince(at)), checkAt: at };
      silences[need] = judge({ rule, scope, forMs, clock }, silence, at, calls);
    }
  }
  const { wakeAt: _, ...rest } = isJudged ? state : forgetGone(rules, state);
  return { ...rest, silences, judgedBy: rules.stamp };
}

/**
 * Time in which no device could be heard is no silence of theirs. A person's goes on: nobody knows how they are. But it is
 * not called too long before what they may have done meanwhile could be heard.
 */
function clocksOf(
  { timeZone }: HomeContext,
  state: HomeState,
): (rule: CompiledRule) => SilenceClock {
  const empty = pausesOf(state);
  const away = unheardSpans(state);
  const untold = untoldSpans(state);
  return ({ severity, during, absence }) => {
    const isAboutDevices = severity === 'technical';
    const pauses = [
      ...(absence?.pausedWhenEmpty === true ? empty : []),
      ...(isAboutDevices ? away : []),
    ].toSorted((a, b) => a.from - b.from);
    return { during, timeZone, pauses, untold: isAboutDevices ? [] : untold };
  };
}

/** What rules that no longer hold have counted and called for. */
function forgetGone(rules: RuleSet, { counts = {}, called = {}, ...rest }: HomeState): HomeState {
  const held = <T>(byNeed: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.entries(byNeed).filter(([need]) => rules.byId.has(need.split('/')[0] ?? '')),
    );
  return { ...rest, counts: held(counts), called: held(called) };
}

function isJudgedBy({ stamp }: RuleSet, { judgedBy = stamp }: HomeState): boolean {
  return judgedBy === stamp;
}

/** Whether something is expected that no tick has begun to wait for: a device was placed since the last. */
export function isSomethingUnawaited(home: HomeContext, rules: RuleSet, state: HomeState): boolean {
  if (!isJudgedBy(rules, state)) return true;
  const { silences } = state;
  const isUnawaited = (rule: CompiledRule) => (device: HomeDevice | null) =>
    allowedMs(rule, device) !== null && silences[needOf(rule, device?.id ?? '')] === undefined;
  return rules.expecting.some((rule) => expectedOf(rule, home).some(isUnawaited(rule)));
}

/** Whom a rule expects to hear: each device, or the home as a whole (null) if something in it can tell. */
function expectedOf(rule: CompiledRule, home: HomeContext): readonly (HomeDevice | null)[] {
  const { absence, per } = rule;
  if (absence === undefined) return [];
  const concerned = home.devices.filter((device) => concerns(rule, home, device));
  if (per === 'device') return concerned;
  const { of } = absence;
  const isTold = concerned.some(
    ({ tells }) => of === 'any' || of.some((type) => tells.includes(type)),
  );
  return isTold ? [null] : [];
}

/**
 * What has never been heard is waited for from when it was placed; in a home where it was not expected before, from when
 * the latest device was.
 */
function unheard(home: HomeContext, { judgedBy }: HomeState, device: HomeDevice | null): Silence {
  const placed = (device === null ? home.devices : [device]).map(({ placedAt }) => placedAt);
  return silentSince(judgedBy === undefined ? Math.min(...placed) : Math.max(...placed));
}

function silentSince(last: number): Silence {
  return { last, checkAt: last, raisedAt: null, gaps: [] };
}

interface Expectation {
  rule: CompiledRule;
  scope: string;
  forMs: number;
  clock: SilenceClock;
}

function judge(expected: Expectation, silence: Silence, at: number, calls: Call[]): Silence {
  if (silence.checkAt > at) return silence;
  const gaps = judgeGaps(expected, silence.gaps, at, calls);
  const { last, raisedAt, checkAt } = judgeOngoing(expected, silence, at, calls);
  const nextGapAt = Math.min(...gaps.map(({ dueAt }) => dueAt));
  return { last, raisedAt, gaps, checkAt: Math.min(checkAt, nextGapAt) };
}

function judgeGaps(
  { rule, scope, forMs, clock }: Expectation,
  gaps: readonly Gap[],
  at: number,
  calls: Call[],
): readonly Gap[] {
  for (const { from, to, dueAt } of gaps) {
    if (dueAt > at) continue;
    let tooLong = tooLongAt(clock, from, forMs);
    if (toldAt(clock, tooLong) >= to) continue;
    for (let times = 0; toldAt(clock, tooLong) < to && times < raisedInGap; times += 1) {
      calls.push(raise(rule, scope, { ...saidOf(scope), since: from, lateByMs: at - tooLong }));
      tooLong = againAt(clock, tooLong, forMs);
    }
    calls.push(clear(rule, scope, to));
  }
  return gaps.filter(({ dueAt }) => dueAt > at);
}

function judgeOngoing(
  { rule, scope, forMs, clock }: Expectation,
  { last, raisedAt }: Silence,
  at: number,
  calls: Call[],
): Pick<Silence, 'last' | 'raisedAt' | 'checkAt'> {
  const due = raisedAt === null ? tooLongAt(clock, last, forMs) : againAt(clock, raisedAt, forMs);
  const told = toldAt(clock, due);
  if (told > at) return { last, raisedAt, checkAt: told };
  calls.push(raise(rule, scope, { ...saidOf(scope), since: last, lateByMs: at - due }));
  return { last, raisedAt: at, checkAt: toldAt(clock, againAt(clock, at, forMs)) };
}

/** When a silence that was raised at `at` and goes on is raised again. */
function againAt(clock: SilenceClock, at: number, forMs: number): number {
  return tooLongAt(clock, at, Math.max(forMs, raisedAgainAfterMs));
}

function saidOf(scope: string): { deviceId: string | null; eventId: null } {
  return { deviceId: scope === '' ? null : scope, eventId: null };
}
