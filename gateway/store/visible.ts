import type { ExpressionBuilder, Kysely } from 'kysely';

import { permissions, type Scope } from '../domain/scope.ts';
import type { Tables } from './tables.ts';

/** The alerts that exist for this scope; `maySeeAlert` is the same test without a query. */
export function visibleAlerts(db: Kysely<Tables>, scope: Scope) {
  return db
    .selectFrom('alert')
    .where('alert.municipality_id', '=', scope.municipalityId)
    .where('alert.queue', 'in', permissions[scope.role].queues)
    .where((eb) => isAnswering(eb, scope));
}

function isAnswering(eb: ExpressionBuilder<Tables, 'alert'>, { units }: Scope) {
  if (units === 'all') return eb.val(true);
  if (units.length === 0) return eb.val(false);
  return eb.or([eb('alert.audience', '=', 'municipality'), eb('alert.unit_id', 'in', units)]);
}

/** The homes that exist for this scope. */
export function visibleHomes(db: Kysely<Tables>, scope: Scope) {
  const homes = db.selectFrom('home').where('home.municipality_id', '=', scope.municipalityId);
  if (scope.units === 'all') return homes;
  return homes.where('home.unit_id', 'in', scope.units.length > 0 ? scope.units : ['']);
}
