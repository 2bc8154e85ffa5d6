const hourMs = 3_600_000;
const hoursKept = 50_000;

export interface DaySpan {
  from: number;
  to: number;
}

/** Which day of a zone's wall clock an hour begins in; remembers what it has worked out. Throws for a zone there is not. */
export type DayClock = (at: number, timeZone: string) => DaySpan;

export function createDayClock(): DayClock {
  const zones = new Map<string, Map<number, DaySpan>>();
  return (at, timeZone) => {
    let days = zones.get(timeZone);
    if (days === undefined) zones.set(timeZone, (days = new Map()));
    const hour = Math.floor(at / hourMs);
    const known = days.get(hour);
    if (known !== undefined) return known;
    const span = daySpan(hour * hourMs, timeZone);
    if (days.size >= hoursKept) days.clear();
    days.set(hour, span);
    return span;
  };
}

function daySpan(at: number, timeZone: string): DaySpan {
  const start = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .startOfDay();
  return {
    from: start.epochMilliseconds,
    to: start.toPlainDate().add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
  };
}
