import type { Band, HomeDay } from './home-day.ts';

/** Whether there is anything at all to tell of it. */
export function isKnown({
  activity,
  bands,
  alerts,
}: Pick<HomeDay, 'activity' | 'bands' | 'alerts'>): boolean {
  return activity > 0 || bands.length > 0 || alerts.length > 0;
}

/** What to show and count of a day: one of which nothing is known is unheard all through, until `now`. */
export function shownBands(day: HomeDay, now: number): readonly Band[] {
  if (isKnown(day)) return day.bands;
  const to = Math.min(day.to, Math.max(day.from, now));
  return [{ kind: 'unheard', from: day.from, to, isEstimated: false }];
}
