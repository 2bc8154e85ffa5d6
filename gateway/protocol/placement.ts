import type { Text } from './text.ts';

/** Where in a home a device sits; rules may ask for it. */
export const placements = {
  entrance: { sv: 'ytterdörr', en: 'front door' },
  balcony: { sv: 'balkong', en: 'balcony' },
  hall: { sv: 'hall', en: 'hall' },
  bedroom: { sv: 'sovrum', en: 'bedroom' },
  bed: { sv: 'säng', en: 'bed' },
  bathroom: { sv: 'badrum', en: 'bathroom' },
  kitchen: { sv: 'kök', en: 'kitchen' },
  'living-room': { sv: 'vardagsrum', en: 'living room' },
  worn: { sv: 'bärs på kroppen', en: 'worn' },
  other: { sv: 'annan plats', en: 'other place' },
} satisfies Record<string, Text>;

export type Placement = keyof typeof placements;

export function isPlacement(text: string): text is Placement {
  return Object.hasOwn(placements, text);
}
