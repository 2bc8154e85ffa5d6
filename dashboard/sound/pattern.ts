import type { Severity } from '../../gateway/protocol/alert.ts';

/** One pulse of a burst. */
export interface Pulse {
  atMs: number;
  lengthMs: number;
  hz: number;
  /** Where the pitch ends, when it glides. */
  toHz?: number;
}

export type Sound = Severity | 'stale';

function pulses(lengthMs: number, hz: readonly number[], startsMs: readonly number[]): Pulse[] {
  return startsMs.map((atMs, index) => ({ atMs, lengthMs, hz: hz[index % hz.length] ?? 440 }));
}

const c4 = 262;
const e4 = 330;
const g4 = 392;
const c5 = 523;

const fivePulses = [0, 240, 480, 860, 1_100];

/** After IEC 60601-1-8: ten pulses (twice five) for high priority, three for medium, one or two for low. */
export const patterns: Record<Sound, readonly Pulse[]> = {
  emergency: pulses(
    150,
    [c5, c5, c5, g4, c5],
    [...fivePulses, ...fivePulses.map((atMs) => atMs + 1_800)],
  ),
  high: pulses(200, [c4, e4, g4], [0, 420, 840]),
  medium: pulses(200, [e4, c4], [0, 420]),
  low: pulses(200, [e4], [0]),
  technical: pulses(200, [c4], [0]),
  stale: [
    { atMs: 0, lengthMs: 700, hz: 520, toHz: 260 },
    { atMs: 900, lengthMs: 700, hz: 520, toHz: 260 },
  ],
};

/** How long after it began a sound comes again while its cause remains; null for one that is heard once. */
export const repeatMs: Record<Sound, number | null> = {
  emergency: 6_000,
  high: 10_000,
  medium: null,
  low: null,
  technical: null,
  stale: 10_000,
};
