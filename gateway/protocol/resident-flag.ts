import { z } from 'zod';

import type { Text } from './text.ts';

/** What a rule may ask of those who live in a home: a need of help that has been assessed, never a diagnosis. */
export const residentFlags = {
  'fall-risk': { sv: 'risk för fall', en: 'risk of falling' },
  'night-support': { sv: 'behöver stöd om natten', en: 'needs support at night' },
  'may-wander': { sv: 'kan gå vilse', en: 'may get lost' },
  'may-have-seizures': { sv: 'kan få anfall', en: 'may have seizures' },
  'medication-support': { sv: 'stöd med medicin', en: 'support with medication' },
  'bathroom-support': { sv: 'stöd i badrummet', en: 'support in the bathroom' },
  'hard-of-hearing': { sv: 'hör dåligt', en: 'hard of hearing' },
} satisfies Record<string, Text>;

export type ResidentFlag = keyof typeof residentFlags;

export const ResidentFlag = z.enum(Object.keys(residentFlags) as [ResidentFlag, ...ResidentFlag[]]);
