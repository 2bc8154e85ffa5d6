import { z } from 'zod';

/** The end of the year 9999: further no calendar can reckon. */
export const lastInstant = 253_402_300_799_999;

export const Instant = z
  .number()
  .int()
  .min(0)
  .max(lastInstant)
  .meta({ description: 'Epoch milliseconds.' });

/** A day of the calendar in the municipality's own time zone. */
export const PlainDate = z.iso.date('Write a date such as `2026-10-25`.');

/** A time on the wall clock of the municipality, on a day that there is. */
export const WallDateTime = z
  .string()
  .regex(
    /^[1-9]\d{3}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/,
    'Write a date and time such as `2026-12-24T15:00`.',
  )
  .refine((text) => PlainDate.safeParse(text.slice(0, 10)).success, 'There is no such day.');

export const Reason = z.string().trim().min(1, 'Say why.').max(500);
export const Id = z.string().min(1).max(64);
