import type { ExpressionBuilder, Kysely } from 'kysely';

import { permissions, type Scope } from '../domain/scope.ts';
import type { Tables } from './tables.ts';

/** The alerts that exist for this scope at an instant; `maySeeAlert` is the same test without a query. */
export function visibleAlerts(db: Kysely<Tables>, scope: Scope, at: number) {
  return db.selectFrom('alert').where((eb) => maySee(eb, scope, at));
}

/** Whether an alert exists for this scope at an instant: true, false, or null for false. */
export function maySee(eb: ExpressionBuilder<Tables, 'alert'>, scope: Scope, at: number) {
  const isOfWork = eb('alert.queue', 'in', permissions[scope.role].queues);
  return eb.and([isOfWork, isConcerned(eb, scope, at)]);
}

function isConcerned(eb: ExpressionBuilder<Tables, 'alert'>, scope: Scope, at: number) {
  const { userId, municipalityId, units } = scope;
  const isOwn = eb('alert.municipality_id', '=', municipalityId);
  const isTheirs = eb.and([eb('alert.by_id', '=', userId), eb('alert.state', '<>', 'resolved')]);
  const asked = isAsked(eb, scope, at);
  if (units === 'all') return eb.or([isOwn, isTheirs, asked]);
  const isOver = eb.and([
    isOwn,
    eb('alert.state', '=', 'resolved'),
    eb('alert.home_unit_id', 'in', oneAtLeast(units)),
  ]);
  return eb.or([isTheirs, asked, isOver]);
}

/**
 * Whether an alert asks this reader at an instant; at -1 whether it ever did. It is looked up for each alert that is
 * otherwise in question: a list of all that ever asked them would grow for ever.
 */
export function isAsked(
  eb: ExpressionBuilder<Tables, 'alert'>,
  { userId, municipalityId, units }: Scope,
  at: number,
) {
  const asked = eb
    .selectFrom('alert_asked')
    .select('alert_asked.alert_id')
    .whereRef('alert_asked.alert_id', '=', 'alert.id')
    .where((inner) => inner.or([inner('until_at', 'is', null), inner('until_at', '>', at)]))
    .where((inner) => {
      const named = [inner.and([inner('kind', '=', 'person'), inner('ref', '=', userId)])];
      if (units === 'all' || units.length > 0) {
        named.push(inner.and([inner('kind', '=', 'everyone'), inner('ref', '=', municipalityId)]));
      }
      if (units !== 'all') {
        named.push(inner.and([inner('kind', '=', 'unit'), inner('ref', 'in', oneAtLeast(units))]));
      }
      return inner.or(named);
    });
  return eb.exists(asked);
}

/** SQL has no empty list. */
function oneAtLeast(units: readonly string[]): readonly string[] {
  return units.length > 0 ? units : [''];
}

/** The homes that exist for this scope. */
export function visibleHomes(db: Kysely<Tables>, scope: Scope) {
  const homes = db.selectFrom('home').where('home.municipality_id', '=', scope.municipalityId);
  if (scope.units === 'all') return homes;
  return homes.where('home.unit_id', 'in', oneAtLeast(scope.units));
}

/** Other municipalities that the units of this scope serve. */
export async function servedBy(
  db: Kysely<Tables>,
  { municipalityId, units }: Scope,
): Promise<readonly string[]> {
  if (units === 'all' || units.length === 0) return [];
  const rows = await db
    .selectFrom('unit_service')
    .select('municipality_id')
    .distinct()
    .where('unit_id', 'in', units)
    .where('municipality_id', '<>', municipalityId)
    .execute();
  return rows.map(({ municipality_id }) => municipality_id);
}
