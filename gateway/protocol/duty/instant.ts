import { z } from 'zod';

export const Instant = z.number().int().meta({ description: 'Epoch milliseconds.' });

/** A day of the calendar in the municipality's own time zone. */
export const PlainDate = z.iso.date('Write a date such as `2026-10-25`.');

/** A time on the wall clock of the municipality. */
export const WallDateTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/,
    'Write a date and time such as `2026-12-24T15:00`.',
  );

export const Reason = z.string().trim().min(1, 'Say why.').max(500);
export const Id = z.string().min(1).max(64);
