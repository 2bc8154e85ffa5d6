import type { AccessLog } from '../domain/access-log.ts';
import { AppError } from '../domain/errors.ts';
import type { CostDesk, CostMember, Usage, UsageStore } from '../domain/report/usage.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { MunicipalityUsage, UsageQuery } from '../protocol/report/costs.ts';
import { smallestGroup } from '../protocol/report/follow-up.ts';

export interface CostDeskOptions {
  usage: UsageStore;
  accessLog: AccessLog;
  clock: () => number;
}

interface Row {
  item: MunicipalityUsage;
  isSmall: boolean;
}

type Municipality = Pick<CostMember, 'id' | 'name' | 'timeZone'>;

/** Reads, writes down who is about to see what, and only then answers. */
export function createCostDesk({ usage, accessLog, clock }: CostDeskOptions): CostDesk {
  async function visible({ municipalityId }: Scope) {
    const members = await usage.members();
    const isMember = members.some(({ id }) => id === municipalityId);
    const own = await usage.municipality(municipalityId);
    if (own === null) throw new AppError('not-found', 'There is no such municipality.');
    const seen: readonly Municipality[] = isMember ? members : [own];
    return { own, seen, isMember };
  }

  async function rowOf(
    scope: Scope,
    { id, name, timeZone }: Municipality,
    { query, at }: { query: UsageQuery; at: number },
  ): Promise<Row | null> {
    const period = periodOf(query, timeZone, at);
    const used = await usage.usage(scope, id, period);
    if (used === null) return null;
    const isOwn = id === scope.municipalityId;
    const isSmall = isTelling(used);
    const alerts = isSmall && !isOwn ? null : used.alerts;
    const counts = averagesOf(used, period.until - period.from);
    return { item: { municipality: { id, name }, isOwn, ...counts, alerts }, isSmall };
  }

  return {
    usage: async (scope, query) => {
      if (permissions[scope.role].reports !== 'read') {
        throw new AppError('forbidden', 'Ask a coordinator or an administrator about costs.');
      }
      const at = clock();
      const { own, seen, isMember } = await visible(scope);
      const { from, until } = periodOf(query, own.timeZone, at);
      if (from >= at) throw new AppError('invalid', 'Choose a period that has begun.');
      const asked = seen.map((one) => rowOf(scope, one, { query, at }));
      const rows = (await Promise.all(asked)).filter((row) => row !== null);
      for (const { item } of rows) {
        const about = { subjectId: null, municipalityId: item.municipality.id, at };
        await accessLog.write(scope, { action: 'report', ...about });
      }
      return {
        ...query,
        until,
        madeAt: at,
        isMember,
        mayShareByAlerts: rows.length === 1 || !rows.some(({ isSmall }) => isSmall),
        items: rows.map(({ item }) => item),
      };
    },
  };
}

/** Whole days of the wall clock, as far as they have come. */
function periodOf({ from, to }: UsageQuery, timeZone: string, at: number) {
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  const end = midnight(Temporal.PlainDate.from(to).add({ days: 1 }));
  return { from: midnight(Temporal.PlainDate.from(from)), until: Math.min(end, at) };
}

/** Whether the number of alerts would tell how few people live. */
function isTelling({ homes }: Usage): boolean {
  return homes > 0 && homes < smallestGroup;
}

function averagesOf({ homeMs, residentMs, deviceMs }: Usage, lengthMs: number) {
  const average = (ms: number) => (lengthMs > 0 ? ms / lengthMs : 0);
  return {
    homes: average(homeMs),
    residents: average(residentMs),
    devices: average(deviceMs),
  };
}
