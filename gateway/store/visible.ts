import type { ExpressionBuilder, Kysely } from 'kysely';

import { permissions, type Scope } from '../domain/scope.ts';
import type { Tables } from './tables.ts';

/** The alerts that exist for this scope at an instant; `maySeeAlert` is the same test without a query. */
export function visibleAlerts(db: Kysely<Tables>, scope: Scope, at: number) {
  return db
    .selectFrom('alert')
    .where('alert.queue', 'in', permissions[scope.role].queues)
    .where((eb) => maySee(eb, scope, at));
}

function maySee(eb: ExpressionBuilder<Tables, 'alert'>, scope: Scope, at: number) {
  const { userId, municipalityId, units } = scope;
  const isOwn = eb('alert.municipality_id', '=', municipalityId);
  const isTheirs = eb.and([eb('alert.by_id', '=', userId), eb('alert.state', '<>', 'resolved')]);
  const asked = eb('alert.id', 'in', askedOf(eb, scope, at));
  if (units === 'all') return eb.or([isOwn, isTheirs, asked]);
  const isOver = eb.and([
    isOwn,
    eb('alert.state', '=', 'resolved'),
    eb('alert.home_unit_id', 'in', oneAtLeast(units)),
  ]);
  return eb.or([isTheirs, asked, isOver]);
}

/** The alerts by which this reader is asked at an instant; at -1 those by which they ever were. */
export function askedOf(
  eb: Pick<ExpressionBuilder<Tables, 'alert'>, 'selectFrom'>,
  { userId, municipalityId, units }: Scope,
  at: number,
) {
  return eb
    .selectFrom('alert_asked')
    .select('alert_asked.alert_id')
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
