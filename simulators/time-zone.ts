import { z } from 'zod';

/** An IANA time zone that this machine knows. */
export const TimeZone = z.string().refine((timeZone) => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}, 'There is no such time zone.');
