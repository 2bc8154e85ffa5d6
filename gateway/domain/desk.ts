import type { AlertView, Outcome } from '../protocol/alert.ts';
import type { Scope } from './scope.ts';

/**
 * What people do with alerts. Each answers with the alert as it is afterwards, durable and told to every screen.
 * An alert outside the scope is AppError `not-found`; what is no longer possible is `conflict`.
 */
export interface AlertDesk {
  accept: (scope: Scope, id: string, etaMinutes: number | null) => Promise<AlertView>;
  arrive: (scope: Scope, id: string) => Promise<AlertView>;
  resolve: (scope: Scope, id: string, outcome: Outcome, note: string | null) => Promise<AlertView>;
  comment: (scope: Scope, id: string, text: string) => Promise<AlertView>;
  /** A screen of this person shows the alert; unknown alerts are passed over. */
  seen: (scope: Scope, id: string) => void;
}
