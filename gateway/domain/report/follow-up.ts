import { profiles, isProfile } from '../../protocol/profile.ts';
import { type FollowUpReport, smallestGroup } from '../../protocol/report/follow-up.ts';
import { AppError } from '../errors.ts';
import type { Span } from '../history.ts';
import { within } from '../roster/interval.ts';
import { falseAlarmsBy, type Keyed, noisyDevicesOf, shareOf } from './false-alarm.ts';
import { gather } from './gather.ts';
import { daysOf, isWholeMonths, weeksOf } from './period.ts';
import type { AlertFact, HomeFact, ReportFacts } from './report-source.ts';
import { type Asked, homesOf, isAsked, responsesOf } from './response.ts';
import { type Responsible, responsibleUnits } from './responsible.ts';
import { staffingOf } from './staffing.ts';
import { supervisedDays } from './supervision.ts';
import { unitLoadOf } from './unit-load.ts';
import { uptimeOf } from './uptime.ts';
import { weekRowsOf } from './week.ts';

/** Which report; `span` is whole days of the municipality's wall clock. */
export interface FollowUpTerms {
  span: Span;
  /** Null: the whole municipality. */
  unitId: string | null;
  /** Now: what lies ahead is not counted. */
  at: number;
}

/** A home that was supervised on some day, or that some alert came from. */
interface Followed {
  home: HomeFact;
  days: number;
}

const care = ({ queue }: AlertFact) => queue === 'care';

const ruleOf: Keyed = ({ rule }) => ({ key: rule.id, title: rule.title });

/** What no device told, such as that nothing has moved, is told by the home as a whole. */
const wholeHome = { key: 'home', title: { sv: 'Bostaden som helhet', en: 'The home as a whole' } };

/**
 * Follow-up of a municipality, or of the homes of one of its units.
 * @throws AppError `not-found` for a unit that is not one of the municipality's own.
 */
export function followUpOf(facts: ReportFacts, terms: FollowUpTerms): FollowUpReport {
  const { municipality, units } = facts;
  const { unitId, at } = terms;
  const own = units.filter((unit) => unit.municipalityId === municipality.id);
  const unit = unitId === null ? null : (own.find(({ id }) => id === unitId) ?? 'missing');
  if (unit === 'missing') throw new AppError('not-found', 'There is no such unit.');

  const past = {
    from: terms.span.from,
    to: Math.max(terms.span.from, Math.min(terms.span.to, at)),
  };
  const all = followedHomes(facts, past);
  const told = toldUnits(all);
  const homes = all.filter(({ home }) => unitId === null || home.unitId === unitId);
  const isTooSmall = homes.length < smallestGroup || (unitId !== null && !told.includes(unitId));
  const empty: FollowUpReport = {
    municipality: { id: municipality.id, name: municipality.name },
    unit: unit === null ? null : { id: unit.id, name: unit.name },
    units: own
      .filter(({ id }) => told.includes(id))
      .map(({ id, name }) => ({ id, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'sv')),
    ...terms.span,
    timeZone: municipality.timeZone,
    madeAt: at,
    isWholeMonths: terms.span.to <= at && isWholeMonths(terms.span, municipality.timeZone),
    isTooSmall,
    homes: homes.length,
    residents: 0,
    residentDays: 0,
    alerts: { care: 0, technical: 0, test: 0, carePerResidentDay: null },
    responses: [],
    byRule: [],
    byKind: [],
    noisyDevices: [],
    loads: [],
    staffing: [],
    uptime: [],
    weeks: [],
  };
  if (isTooSmall) return empty;
  return {
    ...empty,
    ...tablesOf(facts, { homes, others: all.filter((one) => !homes.includes(one)) }, past, at),
    ...unitTablesOf(facts, { unitId, past, at, followed: idsOf(all) }),
  };
}

function followedHomes({ homes, alerts, rests, municipality }: ReportFacts, past: Span) {
  const days = daysOf(past, municipality.timeZone);
  const alerting = homesOf(alerts);
  return homes
    .map((home): Followed => ({ home, days: supervisedDays(home, days, rests) }))
    .filter(({ home, days: count }) => count > 0 || alerting.has(home.id));
}

/** The units whose homes may be told of: neither they nor what is left of the whole without any of them are too few. */
function toldUnits(all: readonly Followed[]): readonly string[] {
  const groups = [...Map.groupBy(all, ({ home }) => home.unitId)].map(([unitId, own]) => ({
    unitId,
    homes: new Set(own.map(({ home }) => home.id)),
  }));
  return gather(groups).shown.map(({ unitId }) => unitId);
}

function idsOf(followed: readonly Followed[]): ReadonlySet<string> {
  return new Set(followed.map(({ home }) => home.id));
}

function tablesOf(
  facts: ReportFacts,
  { homes, others }: { homes: readonly Followed[]; others: readonly Followed[] },
  past: Span,
  at: number,
): Partial<FollowUpReport> {
  const isOwn = idsOf(homes);
  const alerts = facts.alerts.filter(({ homeId }) => isOwn.has(homeId));
  const calls = alerts.filter(care);
  const elsewhere = facts.alerts.filter((alert) => care(alert) && !isOwn.has(alert.homeId));
  const kindOf = keyByKind(facts.homes);
  const residentDays = homes.reduce((sum, { home, days }) => sum + home.residents * days, 0);
  const count = (queue: AlertFact['queue']) =>
    alerts.filter((alert) => alert.queue === queue).length;
  return {
    residents: homes.reduce((sum, { home }) => sum + home.residents, 0),
    residentDays,
    alerts: {
      care: calls.length,
      technical: count('technical'),
      test: count('test'),
      carePerResidentDay: shareOf(calls.length, residentDays),
    },
    responses: responsesOf(calls.filter(isAsked), elsewhere.filter(isAsked), at),
    byRule: falseAlarmsBy(ruleOf, calls, elsewhere),
    byKind: falseAlarmsBy(kindOf, calls, elsewhere),
    noisyDevices: noisyDevicesOf(calls, {
      devices: facts.deviceNames,
      homes: new Map(homes.map(({ home }) => [home.id, home.label])),
    }),
    uptime: uptimeOf(
      homes.map(({ home }) => home),
      others.map(({ home }) => home),
      facts,
      past,
    ),
    weeks: weekRowsOf(weeksOf(past, facts.municipality.timeZone), calls, elsewhere),
  };
}

function keyByKind(homes: readonly HomeFact[]): Keyed {
  const kinds = new Map(
    homes.flatMap(({ placed }) => placed.map(({ deviceId, kind }) => [deviceId, kind] as const)),
  );
  return ({ deviceId }) => {
    const kind = deviceId === null ? undefined : kinds.get(deviceId);
    if (kind === undefined) return wholeHome;
    return { key: kind, title: isProfile(kind) ? profiles[kind].title : null };
  };
}

/** Loads and staffing: of each unit that answered, or of this one as the whole report says it. */
function unitTablesOf(
  facts: ReportFacts,
  terms: { unitId: string | null; past: Span; at: number; followed: ReadonlySet<string> },
): Pick<FollowUpReport, 'loads' | 'staffing'> {
  const { unitId, past, at, followed } = terms;
  const responsible = responsibleUnits(facts, past);
  const asked = facts.alerts.filter(care).filter(isAsked);
  const byUnit = Map.groupBy(asked, (alert) => alert.unitId);
  const rows = facts.units
    .filter(({ id }) => responsible.has(id) || byUnit.has(id))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'sv'))
    .map(({ id, name }) =>
      workOf(
        facts,
        { unit: { id, name }, alerts: byUnit.get(id) ?? [] },
        responsible.get(id),
        past,
      ),
    );
  const isMeant = ({ unit }: { unit: { id: string } }) => unitId === null || unit.id === unitId;
  return {
    loads: gather(rows.map((row) => ({ ...row, homes: row.homes.intersection(followed) })))
      .shown.filter(isMeant)
      .map((row) => unitLoadOf({ ...row, hours: row.responsible.hours }, past, at)),
    staffing: rows
      .filter(isMeant)
      .map(({ unit, responsible: own, duties }) => staffingOf(unit, own, duties)),
  };
}

const nothing: Responsible = { hours: [], staffed: [], homes: new Set() };

/** Duties of a unit whose carers never check in are not its staff, and are left out. */
function workOf(
  { duties }: ReportFacts,
  { unit, alerts }: { unit: { id: string; name: string }; alerts: readonly Asked[] },
  responsible: Responsible = nothing,
  past: Span,
) {
  const isStaffed = responsible.staffed.length > 0;
  const own = isStaffed ? duties.filter(({ unitId }) => unitId === unit.id) : [];
  return {
    unit,
    alerts,
    responsible,
    duties: own.flatMap((duty) => within([duty], past).map((time) => ({ ...duty, ...time }))),
    homes: new Set([...responsible.homes, ...homesOf(alerts)]),
  };
}
