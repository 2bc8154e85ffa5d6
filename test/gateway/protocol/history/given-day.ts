import type { HomeDay } from '../../../../gateway/protocol/history/home-day.ts';

/** A day of which nothing is known but this. */
export function givenDay({
  day,
  from,
  to,
  ...known
}: Pick<HomeDay, 'day' | 'from' | 'to'> & Partial<HomeDay>): HomeDay {
  return {
    day,
    from,
    to,
    isComplete: false,
    bands: [],
    roseAt: null,
    wentToBedAt: null,
    nightsUp: null,
    upMinutes: null,
    restMinutes: null,
    awayMinutes: null,
    rooms: null,
    bathroom: null,
    activity: 0,
    alerts: [],
    ...known,
  };
}
