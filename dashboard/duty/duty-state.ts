import type { DutyChoice, DutyPage, DutyView } from '../../gateway/protocol/duty/duty.ts';

/** One's own duties at this time, the one that lasts longest first: an end is an end before the gateway is asked again. */
export function dutiesNow(page: DutyPage, now: number): DutyView[] {
  return page.mine
    .filter(({ until }) => until > now)
    .toSorted((a, b) => b.until - a.until || (a.id < b.id ? -1 : 1));
}

/** Units that ask only those who have checked in, and to which the reader has not. */
export function missedUnits(page: DutyPage, now: number): DutyChoice[] {
  const on = new Set(dutiesNow(page, now).map(({ unit }) => unit?.id));
  return page.choices.filter(({ isKept, unit }) => isKept && !on.has(unit.id));
}

export type Standing =
  | { is: 'on'; duty: DutyView; others: number }
  /** Alerts do not ask the reader, for nobody has checked in as them. */
  | { is: 'off' }
  /** Duty is not kept where the reader works. */
  | { is: 'always' };

export function standingOf(page: DutyPage, now: number): Standing {
  const [duty, ...others] = dutiesNow(page, now);
  if (duty !== undefined) return { is: 'on', duty, others: others.length };
  const { choices, mayBeOnCall } = page;
  const isAsked = choices.length === 0 ? mayBeOnCall : choices.some(({ isKept }) => !isKept);
  return { is: isAsked || choices.length === 0 ? 'always' : 'off' };
}
