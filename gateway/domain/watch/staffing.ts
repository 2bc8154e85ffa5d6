import { unstaffedUnits } from '../roster/staffed.ts';
import type { Condition } from './condition.ts';
import type { Watchdog } from './picture.ts';

/** Units that answer for homes with nobody on duty, now or within the hour. */
export function watchStaffing(): Watchdog {
  return {
    ids: ['nobody-on-duty', 'nobody-soon'],
    look: ({ at, arrangements, homes, rosters }) =>
      unstaffedUnits({ arrangements, homes, rosters, at }).map((found): Condition => {
        const { unitId, municipalityId, from, isPlanned } = found;
        const id = from <= at ? 'nobody-on-duty' : 'nobody-soon';
        const name = arrangements.units.get(unitId)?.name ?? unitId;
        const need = `${id}/${unitId}`;
        const rule = { id, ...texts(id, name, isPlanned) } as const;
        return { municipalityId, need, rule, unitId, since: from };
      }),
  };
}

function texts(id: 'nobody-on-duty' | 'nobody-soon', name: string, isPlanned: boolean) {
  const action = isPlanned
    ? {
        sv: 'Någon är schemalagd men har inte checkat in. Ring dem, eller låt ett annat arbetslag ta över.',
        en: 'Somebody is planned and has not checked in. Call them, or let another unit take over.',
      }
    : {
        sv: 'Ingen är schemalagd. Ring in någon, eller låt ett annat arbetslag ta över.',
        en: 'Nobody is planned. Call somebody in, or let another unit take over.',
      };
  const title =
    id === 'nobody-on-duty'
      ? { sv: `Ingen i tjänst i ${name}`, en: `Nobody on duty in ${name}` }
      : { sv: `Snart ingen i tjänst i ${name}`, en: `Soon nobody on duty in ${name}` };
  return { title, action };
}
