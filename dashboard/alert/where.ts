import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Me } from '../../gateway/protocol/api.ts';
import { isPlacement, placements } from '../../gateway/protocol/placement.ts';
import type { Language } from '../../gateway/protocol/text.ts';

export function placementWord(placement: string, language: Language): string {
  return isPlacement(placement) ? placements[placement][language] : placement;
}

/** The address, and where in the home the device sits; a worn device and "other" say nothing of the place. */
export function placeOf(alert: AlertView, language: Language): string {
  // An alert about the service itself is of the unit or the municipality that it concerns.
  if (alert.home === null) return alert.unit?.name ?? alert.municipality.name;
  const placement = alert.device?.placement ?? 'other';
  if (placement === 'other' || placement === 'worn') return alert.home.label;
  return `${alert.home.label}, ${placementWord(placement, language)}`;
}

/** Who and where, in one line. */
export function whereOf(alert: AlertView, language: Language): string {
  const place = placeOf(alert, language);
  return alert.resident === null ? place : `${alert.resident.name} · ${place}`;
}

/** The unit that answers, with its municipality where that is not the reader's own. */
export function unitWords({ unit, municipality }: AlertView, me: Me): string | null {
  if (municipality.id === me.municipality.id) return unit?.name ?? null;
  return unit === null ? municipality.name : `${unit.name}, ${municipality.name}`;
}

/** Null when there is nobody. */
export function namesOf(people: readonly { name: string }[]): string | null {
  return people.length === 0 ? null : people.map(({ name }) => name).join(', ');
}
