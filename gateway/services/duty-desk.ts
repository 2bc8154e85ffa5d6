import type { AccessLog } from '../domain/access-log.ts';
import type { Alert } from '../domain/alert/alert.ts';
import { openBook } from '../domain/alert/book.ts';
import type { DutyDesk } from '../domain/duty-desk.ts';
import type { Arrangements, Duty } from '../domain/duty/arrangement.ts';
import { membersOf } from '../domain/duty/reach.ts';
import { AppError } from '../domain/errors.ts';
import { longestDutyMs } from '../domain/roster/proposed-end.ts';
import type { Scope } from '../domain/scope.ts';
import type { AlertDetail, AlertView } from '../protocol/alert.ts';
import type { CheckIn, HandOverView } from '../protocol/duty/duty.ts';
import { dutiesAt, presenter, readDutyPage, rolesOnCall } from './duty-page.ts';
import type { FollowOptions } from './follow.ts';
import { handOver, leftBehind, receiversOf } from './hand-over.ts';
import { liveAround, record } from './record.ts';
import { rememberHours } from './unit-hours.ts';

export interface DutyDeskOptions extends FollowOptions {
  accessLog: AccessLog;
  newId: () => string;
}

/** More stand on no screen at once. */
const openShown = 200;

export function createDutyDesk(options: DutyDeskOptions): DutyDesk {
  const { store, hub, termsFor, metrics, clock, newId, accessLog } = options;
  const { overview, directory } = store;
  const hoursOf = rememberHours(store);

  async function handOverView(scope: Scope, id: string): Promise<HandOverView> {
    const at = clock();
    const { arrangements, duty, left } = await store.transaction(async (ledger) => {
      const known = await ledger.arrangements();
      const found = dutyOf(known, scope, id, at);
      return {
        arrangements: known,
        duty: found,
        left: await leftBehind(ledger, known, found, { by: scope.userId, at }),
      };
    });
    // Whoever shares the phone of somebody hands over what that one can see.
    const sight = { ...scope, userId: duty.personId };
    const mine: AlertView[] = [];
    for (const alert of left) {
      const shown = await overview.alert(sight, alert.id, at);
      if (shown !== null) mine.push(withoutTimeline(shown));
    }
    const { items } = await overview.alerts(sight, { limit: openShown }, at);
    const isMine = new Set(left.map((alert) => alert.id));
    const open = items.filter(
      (alert) => !isMine.has(alert.id) && (alert.unit?.id ?? null) === duty.unitId,
    );
    const offered = left.flatMap((alert) =>
      receiversOf(arrangements, duty, alert, at).map((who) => ({ ...who, alertId: alert.id })),
    );
    const receivers = Map.groupBy(offered, ({ id: personId }) => personId);
    const names = await directory.people([...receivers.keys()]);
    const present = await presenter(store, arrangements, [duty]);
    await witness(scope, [...mine, ...open], at);
    return {
      duty: present.duty(duty),
      mine,
      open,
      receivers: [...receivers].map(([personId, own]) => ({
        id: personId,
        name: names.get(personId) ?? personId,
        unitName: unitNameOf(arrangements, own[0]?.unitId ?? null),
        alertIds: own.map(({ alertId }) => alertId),
      })),
    };
  }

  /** Each municipality whose residents are in the list has its own line. */
  async function witness(scope: Scope, shown: readonly AlertView[], at: number): Promise<void> {
    const ids = new Set([
      scope.municipalityId,
      ...shown.map(({ municipality }) => municipality.id),
    ]);
    for (const municipalityId of ids) {
      await accessLog.write(scope, { action: 'alerts', subjectId: null, municipalityId, at });
    }
  }

  return {
    page: (scope) => readDutyPage(store, hoursOf, scope, clock()),
    checkIn: async (scope, wish) => {
      const { arrangements, duty } = await store.transaction(async (ledger) => {
        const at = clock();
        const known = await ledger.arrangements();
        requireUntil(wish.until, at);
        const personId = personOf(known, scope, wish);
        const { unitId, until } = wish;
        const { userId: byId, municipalityId } = scope;
        const added = { id: newId(), municipalityId, personId, unitId, from: at, until, byId };
        await ledger.arrange.addDuty(added);
        return { arrangements: known, duty: added };
      });
      return (await presenter(store, arrangements, [duty])).duty(duty);
    },
    handOver: handOverView,
    checkOut: async (scope, id, { handOver: wishes }) => {
      const changes = await store.transaction(async (ledger) => {
        const at = clock();
        const before = await ledger.arrangements();
        const duty = dutyOf(before, scope, id, at);
        const alerts = await leftBehind(ledger, before, duty, { by: scope.userId, at });
        // Ended first, so that what is given back does not ask the one who leaves.
        await ledger.arrange.endDuty(id, at);
        const terms = await termsFor(ledger);
        const book = openBook(await liveAround(ledger, alerts), terms);
        const receivers = (alert: Alert) => receiversOf(before, duty, alert, at);
        handOver(book, duty, { alerts, receivers, wishes, at });
        return record(ledger, directory, book.changes(), terms);
      }, hub.publish);
      for (const { event } of changes) metrics.alertEvents.inc({ type: event.type });
    },
  };
}

function unitNameOf({ units }: Arrangements, id: string | null): string {
  return id === null ? '' : (units.get(id)?.name ?? id);
}

/**
 * @throws AppError `not-found` for a duty that is over, or is neither one's own nor of somebody whom one checked in to a
 * unit to which one still belongs.
 */
function dutyOf(arrangements: Arrangements, scope: Scope, id: string, at: number): Duty {
  const duty = dutiesAt(arrangements, at).find((one) => one.id === id);
  if (duty === undefined || !(duty.personId === scope.userId || isShared(duty, scope)))
    throw new AppError('not-found', 'There is no such duty, or it has already ended.');
  return duty;
}

function isShared({ byId, unitId }: Duty, { userId, units }: Scope): boolean {
  return byId === userId && unitId !== null && units !== 'all' && units.includes(unitId);
}

function requireUntil(until: number, at: number): void {
  if (until <= at) throw new AppError('invalid', 'Duty must end in the future.');
  if (until > at + longestDutyMs)
    throw new AppError('invalid', 'Check in for at most 24 hours at a time.');
}

/** Whom a check-in is for. @throws AppError `forbidden`, `not-found` */
function personOf(
  arrangements: Arrangements,
  { userId, role, municipalityId }: Scope,
  { unitId, personId = userId }: CheckIn,
): string {
  if (unitId === null) {
    if (!rolesOnCall.includes(role) || personId !== userId)
      throw new AppError('forbidden', 'Coordinators and technicians may be on call, themselves.');
    return personId;
  }
  const unit = arrangements.units.get(unitId);
  const members = membersOf(arrangements, unitId).map(({ id }) => id);
  const isOwn = unit?.municipalityId === municipalityId && members.includes(userId);
  if (!isOwn) throw new AppError('not-found', 'You belong to no such unit.');
  if (unit.kind !== 'team') throw new AppError('invalid', 'Nobody checks in to an alarm centre.');
  if (!members.includes(personId))
    throw new AppError('invalid', 'Check in somebody who belongs to the unit.');
  return personId;
}

function withoutTimeline(detail: AlertDetail): AlertView {
  const { timeline: _, ...alert } = detail;
  return alert;
}
