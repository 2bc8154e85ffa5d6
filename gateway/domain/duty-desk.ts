import type { CheckIn, CheckOut, DutyPage, DutyView, HandOverView } from '../protocol/duty/duty.ts';
import type { Scope } from './scope.ts';

/**
 * Who is at work. Carers check in to units that they belong to, themselves or a colleague whose phone they share;
 * coordinators and technicians say that they are on call. A duty of somebody else is AppError `not-found`, unless one
 * checked them in. A duty that nobody ends is over at its `until` without anybody doing anything.
 */
export interface DutyDesk {
  page: (scope: Scope) => Promise<DutyPage>;
  /**
   * Takes the place of what the same person has in the same unit; at most a day ahead, else `invalid`. Alerts that wait
   * already ask them from their next asking on.
   */
  checkIn: (scope: Scope, checkIn: CheckIn) => Promise<DutyView>;
  handOver: (scope: Scope, id: string) => Promise<HandOverView>;
  /**
   * Ends the duty, and hands over or gives back every alert that the person has, all in one. One that is not named is
   * `conflict`; a receiver who is not at work is `invalid`. An alert that somebody has taken meanwhile is passed over.
   */
  checkOut: (scope: Scope, id: string, checkOut: CheckOut) => Promise<void>;
}
