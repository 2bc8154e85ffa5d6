interface Period {
  from: number;
  to: number;
}

/** Each in a lane from 0, so that none covers another and as few lanes as possible are needed. */
export function lanesOf<T extends Period>(periods: readonly T[]): { item: T; lane: number }[] {
  const ends: number[] = [];
  return periods
    .toSorted((a, b) => a.from - b.from || a.to - b.to)
    .map((item) => {
      const free = ends.findIndex((end) => end <= item.from);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = item.to;
      return { item, lane };
    });
}

/** Those of which something falls within a day. */
export function within<T extends Period>(periods: readonly T[], day: Period): T[] {
  return periods.filter(({ from, to }) => from < day.to && to > day.from);
}
