import { z } from 'zod';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const pattern = /^(?<count>\d{1,5})(?<unit>[smhd])$/;

/** Milliseconds of a duration such as `90s`, `2m`, `12h` or `1d`; null if it is none. */
export function parseDuration(text: string): number | null {
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) return null;
  return Number(groups['count']) * units[groups['unit'] as keyof typeof units];
}

/** As far back as a device's clock is believed: nothing in a rule lasts longer. */
const longestMs = 31 * units.d;

const mend = 'write a number and s, m, h or d, such as 90s or 12h.';

/** Whether something in a rule may last so long. */
export function isLasting(ms: number | null): ms is number {
  return ms !== null && ms > 0 && ms <= longestMs;
}

/** A duration in a rule, read as milliseconds. */
export const Duration = z
  .string({ error: ({ input }) => `${JSON.stringify(input ?? '')} is no duration: ${mend}` })
  .meta({
    pattern: pattern.source.replaceAll(/\?<\w+>/g, ''),
    examples: ['90s', '2m', '12h', '1d'],
  })
  .transform((text, context) => {
    const ms = parseDuration(text);
    if (isLasting(ms)) return ms;
    if (ms !== null && ms > longestMs) context.addIssue('Write 31d at the most.');
    else context.addIssue(`"${text}" is no duration: ${mend}`);
    return z.NEVER;
  });
