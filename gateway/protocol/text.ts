import { z } from 'zod';

export const languages = ['sv', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text people read, in each language of the interface. */
export const Text = z.object({ sv: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof Text>;
