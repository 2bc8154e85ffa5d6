import type { AlertView } from '../../gateway/protocol/alert.ts';
import { isPlacement, placements } from '../../gateway/protocol/placement.ts';
import type { Language } from '../../gateway/protocol/text.ts';

export function placementWord(placement: string, language: Language): string {
  return isPlacement(placement) ? placements[placement][language] : placement;
}

/** The address, and where in the home the device sits; a worn device and "other" say nothing of the place. */
export function placeOf(alert: AlertView, language: Language): string {
  const placement = alert.device?.placement ?? 'other';
  if (placement === 'other' || placement === 'worn') return alert.home.label;
  return `${alert.home.label}, ${placementWord(placement, language)}`;
}

/** Who and where, in one line. */
export function whereOf(alert: AlertView, language: Language): string {
  const place = placeOf(alert, language);
  return alert.resident === null ? place : `${alert.resident.name} · ${place}`;
}
