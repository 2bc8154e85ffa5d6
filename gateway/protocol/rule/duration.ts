import { z } from 'zod';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const pattern = /^(?<count>\d{1,5})(?<unit>[smhd])$/;

/** Milliseconds of a duration such as `90s`, `2m`, `12h` or `1d`; null if it is none. */
export function parseDuration(text: string): number | null {
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) return null;
  return Number(groups['count']) * units[groups['unit'] as keyof typeof units];
}

const mend = 'write a number and s, m, h or d, such as 90s or 12h.';

/** A duration in a rule, read as milliseconds. */
export const Duration = z
  .string({ error: ({ input }) => `${JSON.stringify(input ?? '')} is no duration: ${mend}` })
  .meta({
    pattern: pattern.source.replaceAll(/\?<\w+>/g, ''),
    examples: ['90s', '2m', '12h', '1d'],
  })
  .transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== null && ms > 0) return ms;
    context.addIssue(`"${text}" is no duration: ${mend}`);
    return z.NEVER;
  });
