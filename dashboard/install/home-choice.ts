import type { HomeView } from '../../gateway/protocol/api.ts';
import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { matches } from '../text/search.ts';

type Used = Pick<InstallationView, 'home' | 'by' | 'changedAt'>;

const maxRecent = 5;

/** When the reader last installed in each home. */
export function lastUsed(
  installations: readonly Used[],
  readerId: string,
): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { home, by, changedAt } of installations) {
    if (by.id !== readerId) continue;
    last.set(home.id, Math.max(changedAt, last.get(home.id) ?? 0));
  }
  return new Map([...last].toSorted(([, one], [, other]) => other - one).slice(0, maxRecent));
}

/** The homes that match the words looked for; those used recently first, the rest by name. */
export function orderHomes<Home extends Pick<HomeView, 'id' | 'label' | 'unit'>>(
  homes: readonly Home[],
  used: ReadonlyMap<string, number>,
  wanted: string,
): Home[] {
  return homes
    .filter(({ label, unit }) => matches(wanted, [label, unit.name]))
    .toSorted(
      (one, other) =>
        (used.get(other.id) ?? 0) - (used.get(one.id) ?? 0) || one.label.localeCompare(other.label),
    );
}
