import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Me } from '../../gateway/protocol/api.ts';

type Unit = Me['units'][number];

/** The units that a board may be narrowed to: the reader's own, and those of the alerts on it. */
export function unitsOf(alerts: Iterable<AlertView>, own: readonly Unit[]): Unit[] {
  const units = new Map(own.map((unit) => [unit.id, unit]));
  for (const { unit } of alerts) if (unit !== null) units.set(unit.id, unit);
  return [...units.values()].toSorted(
    (a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1),
  );
}

/** Those of one unit, and those of none; all when no known unit is chosen. */
export function ofUnit(
  alerts: readonly AlertView[],
  unitId: string | null,
  units: readonly Unit[],
): readonly AlertView[] {
  if (!units.some(({ id }) => id === unitId)) return alerts;
  return alerts.filter(({ unit }) => unit === null || unit.id === unitId);
}
