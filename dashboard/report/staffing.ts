import type { FollowUpReport } from '../../gateway/protocol/report/follow-up.ts';

type Staffing = FollowUpReport['staffing'][number];

/** Whether it is known who is on duty: where nobody ever checks in, there is no time without anybody to tell of. */
export function isDutyKept(
  { unit, uncoveredMinutes }: Pick<Staffing, 'unit' | 'uncoveredMinutes'>,
  loads: FollowUpReport['loads'],
): boolean {
  const load = loads.find((one) => one.unit.id === unit.id);
  return uncoveredMinutes > 0 || load === undefined || load.operators !== null;
}
