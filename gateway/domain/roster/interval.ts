import type { Window } from '../home/wall-clock.ts';

/** All that any of these cover, in order, none touching the next. */
export function unionOf(windows: readonly Window[]): Window[] {
  const union: Window[] = [];
  for (const { from, to } of windows.toSorted((a, b) => a.from - b.from)) {
    const last = union.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else if (from < to) union.push({ from, to });
  }
  return union;
}

/** What the first cover and the second do not; both as `unionOf` answers them. */
export function difference(windows: readonly Window[], covered: readonly Window[]): Window[] {
  const left: Window[] = [];
  let index = 0;
  for (const { from, to } of windows) {
    let at = from;
    while ((covered[index]?.to ?? Infinity) <= at) index += 1;
    for (let next = index; at < to; next += 1) {
      const cover = covered[next];
      const end = Math.min(to, cover?.from ?? Infinity);
      if (at < end) left.push({ from: at, to: end });
      at = Math.max(end, cover?.to ?? Infinity);
    }
  }
  return left;
}

/** The part of each that lies between these two instants. */
export function within(windows: readonly Window[], { from, to }: Window): Window[] {
  return windows
    .map((window) => ({ from: Math.max(from, window.from), to: Math.min(to, window.to) }))
    .filter((window) => window.from < window.to);
}
