import { type Span, spanOf } from '../clock/span.ts';

/** Less than this is what a message takes on its way. */
const rightMs = 2_000;

interface Said {
  clockRight: string;
  clockAhead: (time: Span) => string;
  clockBehind: (time: Span) => string;
}

/** How far a clock is from ours, in words. */
export function skewOf(skewMs: number, said: Said): string {
  if (Math.abs(skewMs) < rightMs) return said.clockRight;
  const span = spanOf(Math.abs(skewMs));
  return skewMs > 0 ? said.clockAhead(span) : said.clockBehind(span);
}
