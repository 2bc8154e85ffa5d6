import type { AccessLog } from '../domain/access-log.ts';
import type { Arrangements, Hold } from '../domain/duty/arrangement.ts';
import { isInForce } from '../domain/duty/held.ts';
import { daysLater } from '../domain/duty/plan-week.ts';
import { mayAnswer } from '../domain/duty/responsibility.ts';
import { AppError } from '../domain/errors.ts';
import type { HeldHome, HoldDesk } from '../domain/hold-desk.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { HoldList, HoldView, Matchers } from '../protocol/duty/hold.ts';
import { changeAndFollow, type Concerned, type FollowOptions } from './follow.ts';
import { createHoldSight, type VisibleHold } from './hold-sight.ts';

export interface HoldDeskOptions extends FollowOptions {
  accessLog: AccessLog;
  newId: () => string;
  /** Told of each change once it is committed; ids only. */
  changed: (change: {
    municipalityId: string;
    holdId: string;
    kind: Hold['kind'];
    byId: string;
    isEnded: boolean;
  }) => void;
}

const hour = 3_600_000;
const minute = 60_000;

/** How long each may last; a pause is counted in days of the calendar. */
const longestSilenceMs = 24 * hour;
const longestPauseDays = 60;
const longestTestMs = 4 * hour;
/** A form is filled in with whole minutes of another clock. */
const leewayMs = minute;

export function createHoldDesk(options: HoldDeskOptions): HoldDesk {
  const { store, clock, newId, accessLog, changed } = options;
  const seenBy = createHoldSight(store, clock);

  /** Writes down who is about to be shown which homes, and then shows them. */
  async function disclosed(scope: Scope, shown: readonly VisibleHold[]): Promise<HoldView[]> {
    const named = shown.filter(({ hold, view }) => hold.homeId !== null || view.matchers?.homeIds);
    for (const id of new Set(named.map(({ hold }) => hold.municipalityId))) {
      const elsewhere = id === scope.municipalityId ? {} : { municipalityId: id };
      const disclosure = { action: 'holds', subjectId: null, ...elsewhere, at: clock() } as const;
      await accessLog.write(scope, disclosure);
    }
    return shown.map(({ view }) => view);
  }

  async function list(scope: Scope): Promise<HoldList> {
    return { items: await disclosed(scope, await seenBy(scope)) };
  }

  async function begin(
    scope: Scope,
    wish: Pick<Hold, 'kind' | 'homeId' | 'matchers' | 'until' | 'reason'>,
    furthest: (at: number, timeZone: string) => number,
  ): Promise<HoldView> {
    const { municipalityId, userId: byId } = scope;
    const id = newId();
    await changeAndFollow(options, async (ledger, at) => {
      const { municipalities } = await ledger.arrangements();
      const timeZone = municipalities.get(municipalityId)?.timeZone ?? 'UTC';
      requireTime(wish.until, at, furthest(at, timeZone) + leewayMs);
      await ledger.arrange.addHold({ ...wish, id, municipalityId, from: at, byId });
      return concernedBy({ municipalityId, homeId: wish.homeId });
    });
    changed({ municipalityId, holdId: id, kind: wish.kind, byId, isEnded: false });
    const begun = (await seenBy(scope)).filter(({ hold }) => hold.id === id);
    const [view] = await disclosed(scope, begun);
    if (view === undefined) throw new AppError('conflict', 'It has ended already.');
    return view;
  }

  async function requireHome({ municipalityId }: Scope, homeIds: readonly string[]): Promise<void> {
    const homes = await store.directory.homes(homeIds);
    if (homeIds.every((id) => homes.get(id)?.context.municipalityId === municipalityId)) return;
    throw new AppError('not-found', 'There is no such home.');
  }

  async function requireMatched(scope: Scope, { homeIds, unitIds }: Matchers): Promise<void> {
    await requireHome(scope, homeIds ?? []);
    const arrangements = await store.staffing.arrangements();
    const isKnown = (id: string) => mayAnswer(arrangements, id, scope.municipalityId);
    if ((unitIds ?? []).every(isKnown)) return;
    throw new AppError('not-found', 'There is no such unit.');
  }

  return {
    list,
    silence: async (scope, { matchers, until, reason }) => {
      requireRight(scope, 'silence');
      await requireMatched(scope, matchers);
      const wish = { kind: 'silence', homeId: null, matchers, until, reason } as const;
      return begin(scope, wish, (at) => at + longestSilenceMs);
    },
    pause: async (scope, homeId, { until, reason }) => {
      requireRight(scope, 'pause');
      await requireHome(scope, [homeId]);
      const wish = { kind: 'pause', homeId, matchers: null, until, reason } as const;
      return begin(scope, wish, (at, timeZone) => daysLater(at, longestPauseDays, timeZone));
    },
    testMode: async (scope, homeId, { until, reason }) => {
      requireRight(scope, 'test');
      await requireHome(scope, [homeId]);
      const wish = { kind: 'test', homeId, matchers: null, until, reason } as const;
      return begin(scope, wish, (at) => at + longestTestMs);
    },
    end: async (scope, which) => {
      const { municipalityId, userId: byId } = scope;
      const ended: Hold[] = [];
      await changeAndFollow(options, async (ledger, at) => {
        const found = holdOf(await ledger.arrangements(), municipalityId, which, at);
        if (found === undefined) throw new AppError('not-found', 'There is no such hold in force.');
        requireRight(scope, found.kind);
        await ledger.arrange.endHold(found.id, at, byId);
        ended.push(found);
        return concernedBy(found);
      });
      for (const { id: holdId, kind } of ended)
        changed({ municipalityId, holdId, kind, byId, isEnded: true });
      return list(scope);
    },
  };
}

function holdOf(
  { holds }: Arrangements,
  municipalityId: string,
  which: { id: string } | HeldHome,
  at: number,
): Hold | undefined {
  return holds.find(
    (hold) =>
      hold.municipalityId === municipalityId &&
      isInForce(hold, at) &&
      ('id' in which
        ? hold.id === which.id
        : hold.homeId === which.homeId && hold.kind === which.kind && hold.matchers === null),
  );
}

function concernedBy({
  homeId,
  municipalityId,
}: Pick<Hold, 'homeId' | 'municipalityId'>): Concerned {
  return homeId === null ? { municipalityIds: [municipalityId] } : { homeId };
}

const words = { silence: 'silences', pause: 'pauses', test: 'test mode' } as const;

/** @throws AppError `forbidden` */
function requireRight({ role }: Scope, kind: Hold['kind']): void {
  if (permissions[role].holds.includes(kind)) return;
  throw new AppError('forbidden', `Your role does not begin or end ${words[kind]}.`);
}

/** @throws AppError `invalid` */
function requireTime(until: number, at: number, furthest: number): void {
  if (until <= at) throw new AppError('invalid', 'It must end in the future.');
  if (until > furthest) {
    const hours = Math.round((furthest - at) / hour);
    throw new AppError('invalid', `It may last for at most ${hours} hours.`);
  }
}
