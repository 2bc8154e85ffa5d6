import { z } from 'zod';

import { Severity } from '../alert.ts';
import { Text } from '../text.ts';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });
export const IsoDay = z.iso
  .date()
  .meta({ description: 'A day of the wall clock, such as 2026-11-22.' });

/**
 * `rest`: in bed; `up`: out of bed at night; `away`: nobody at home; `unheard`: the home could not be heard; `paused`: people
 * had paused it, and nothing is known of who lives there.
 */
export const bandKinds = ['rest', 'up', 'away', 'unheard', 'paused'] as const;
export const Band = z.object({
  kind: z.enum(bandKinds),
  from: instant,
  to: instant,
  /** Concluded from quiet and movement, for want of a sensor that tells it. */
  isEstimated: z.boolean(),
});
export type Band = z.infer<typeof Band>;

/** An alert as a mark on a picture. */
export const AlertMark = z.object({
  id: z.string(),
  at: instant,
  severity: Severity,
  title: Text,
});
export type AlertMark = z.infer<typeof AlertMark>;

/** What a home's day was like, from midnight to midnight of its wall clock. Null: no sensor there tells it. */
export const HomeDay = z
  .object({
    day: IsoDay,
    from: instant,
    to: instant,
    /** Whether the day is over, and what devices tell late is likely to be in. */
    isComplete: z.boolean(),
    /** Never overlapping, oldest first. */
    bands: z.array(Band),
    /** When the night before ended for good. */
    roseAt: instant.nullable(),
    /** When the night that ends in this day began; often before midnight, and so before `from`. */
    wentToBedAt: instant.nullable(),
    /** How often, and for how many minutes in all, they were up between 23:00 of the day before and 06:00. */
    nightsUp: z.number().nullable(),
    upMinutes: z.number().nullable(),
    restMinutes: z.number().nullable(),
    awayMinutes: z.number().nullable(),
    /** In how many rooms something moved; only rooms with a sensor count. */
    rooms: z.number().nullable(),
    bathroom: z
      .object({ visits: z.number(), minutes: z.number(), longestMinutes: z.number() })
      .nullable(),
    /** Signs of life, all lanes. */
    activity: z.number(),
    alerts: z.array(AlertMark),
  })
  .meta({ id: 'HomeDay' });
export type HomeDay = z.infer<typeof HomeDay>;

export const habits = ['nights-up', 'rising', 'rooms', 'bathroom'] as const;

/**
 * One habit of the latest seven days beside the resident's own eight weeks before them. Numbers, and no interpretation:
 * `nights-up` times a night, `rising` minutes after midnight, `rooms` a day, `bathroom` minutes of the longest visit a day.
 */
export const HabitComparison = z.object({
  habit: z.enum(habits),
  differs: z.boolean(),
  direction: z.enum(['more', 'less', 'same']),
  /** The middle value of the week; null: too few days tell it. */
  now: z.number().nullable(),
  /** The middle value before, and what three days of four lay within. */
  usual: z.object({ middle: z.number(), low: z.number(), high: z.number() }).nullable(),
  days: z.object({ now: z.number(), usual: z.number() }),
});
export type HabitComparison = z.infer<typeof HabitComparison>;

/** GET /homes/{id}/weeks: seven days up to and including `to`; with `compare` the seven that end on that day too. */
export const WeekQuery = z.object({ to: IsoDay.optional(), compare: IsoDay.optional() });
export type WeekQuery = z.infer<typeof WeekQuery>;

const Week = z.object({ days: z.array(HomeDay) });

export const HomeWeeks = z
  .object({
    home: z.object({ id: z.string(), label: z.string(), timeZone: z.string() }),
    /** False: nobody has consented to statistics, and there is nothing to show. */
    isConsented: z.boolean(),
    /** Since when all who live there have consented; days before it are empty. */
    consentedSince: instant.nullable(),
    week: Week,
    compared: Week.nullable(),
    habits: z.array(HabitComparison),
  })
  .meta({ id: 'HomeWeeks' });
export type HomeWeeks = z.infer<typeof HomeWeeks>;

/** GET /homes/{id}/days/{day}: the day as it went, in quarters of an hour. */
export const HomeDayDetail = HomeDay.extend({
  home: z.object({ id: z.string(), label: z.string(), timeZone: z.string() }),
  isConsented: z.boolean(),
  bucketMs: z.number(),
  /** By room, the most used first; counts from `from`, a bucket each. */
  rows: z.array(z.object({ room: z.string(), lane: z.string(), counts: z.array(z.number()) })),
}).meta({ id: 'HomeDayDetail' });
export type HomeDayDetail = z.infer<typeof HomeDayDetail>;
