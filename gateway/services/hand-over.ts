import type { Alert } from '../domain/alert/alert.ts';
import type { AlertBook } from '../domain/alert/book.ts';
import type { Arrangements, Duty } from '../domain/duty/arrangement.ts';
import { onDutyIn } from '../domain/duty/reach.ts';
import { responsibleFor } from '../domain/duty/responsibility.ts';
import { AppError } from '../domain/errors.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { CheckOut } from '../protocol/duty/duty.ts';
import { dutiesAt } from './duty-page.ts';

/** Somebody who can take over, and where they are at work. */
export interface Receiver {
  id: string;
  /** Null: on call for the municipality. */
  unitId: string | null;
}

/**
 * The alerts that somebody leaves behind at the end of a duty: all that they have, or, if they stay at work elsewhere, those
 * that this unit answers for. Whoever shares a phone with them is told only of what is this unit's.
 */
export async function leftBehind(
  ledger: Ledger,
  arrangements: Arrangements,
  { id, personId, unitId }: Duty,
  { by, at }: { by: string; at: number },
): Promise<readonly Alert[]> {
  const alerts = await ledger.liveAlertsOf({ personId });
  if (by !== personId) {
    return alerts.filter((alert) => alert.unitId === unitId || alert.homeUnitId === unitId);
  }
  const isElsewhere = dutiesAt(arrangements, at).some(
    (other) => other.personId === personId && other.id !== id,
  );
  return isElsewhere ? alerts.filter((alert) => alert.unitId === unitId) : alerts;
}

/** Those at work in the unit, in the one that answers for an alert that is left behind, and in the one that answers next. */
export function receiversOf(
  arrangements: Arrangements,
  { personId, unitId, municipalityId }: Duty,
  alert: Alert,
  at: number,
): readonly Receiver[] {
  const unitIds = new Set(
    [unitId, alert.unitId, nextUnit(arrangements, alert)].filter((id) => id !== null),
  );
  const receivers = [...unitIds].flatMap((id) =>
    onDutyIn(arrangements, id, at).map((person): Receiver => ({ id: person.id, unitId: id })),
  );
  const role = arrangements.people.get(personId)?.role;
  if (unitId === null) {
    const alike = [...arrangements.people.values()].filter(
      (person) => person.role === role && person.municipalityId === municipalityId,
    );
    receivers.push(...alike.map(({ id }) => ({ id, unitId: null })));
  }
  const byId = new Map(receivers.toReversed().map((receiver) => [receiver.id, receiver]));
  byId.delete(personId);
  return [...byId.values()];
}

function nextUnit(
  arrangements: Arrangements,
  { homeId, homeUnitId, municipalityId, timeZone, unitUntil }: Alert,
): string | null {
  if (homeId === null || homeUnitId === null || unitUntil === null) return null;
  const home = { id: homeId, unitId: homeUnitId, municipalityId, timeZone };
  return responsibleFor(arrangements, home, unitUntil).unitId;
}

/** @throws AppError `conflict` for an alert that is not named, `invalid` for a receiver who is not at work, or whom it does not concern. */
export function handOver(
  book: AlertBook,
  { personId: by }: Duty,
  left: {
    alerts: readonly Alert[];
    receivers: (alert: Alert) => readonly Receiver[];
    wishes: CheckOut['handOver'];
    at: number;
  },
): void {
  const { alerts, receivers, wishes, at } = left;
  const named = new Map(wishes.map(({ alertId, to }) => [alertId, to]));
  const forgotten = alerts.filter(({ id }) => !named.has(id)).length;
  if (forgotten > 0)
    throw new AppError(
      'conflict',
      `${forgotten} alerts are left: hand each of them over, or give it back.`,
    );
  for (const alert of alerts) {
    const to = named.get(alert.id) ?? null;
    if (to === null) book.command(alert, { type: 'give-back', at, by });
    else if (receivers(alert).some(({ id }) => id === to))
      book.command(alert, { type: 'hand-over', at, by, to });
    else throw new AppError('invalid', 'Hand it over to somebody at work whom it may concern.');
  }
}
