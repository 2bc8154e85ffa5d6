import type { AlertView, Outcome } from '../protocol/alert.ts';
import type { Scope } from './scope.ts';

/**
 * What people do with alerts. Each answers with the alert as it is afterwards, durable and told to every screen.
 * An alert outside the scope is AppError `not-found`; what is no longer possible is `conflict`.
 */
export interface AlertDesk {
  accept: (scope: Scope, id: string, etaMinutes: number | null) => Promise<AlertView>;
  /** Says that this person cannot come; when nobody is left who was asked, the next are asked at once. */
  decline: (scope: Scope, id: string) => Promise<AlertView>;
  /** Takes it from whoever has it. */
  takeOver: (scope: Scope, id: string, etaMinutes: number | null) => Promise<AlertView>;
  /** Gives it back to the queue. */
  giveBack: (scope: Scope, id: string) => Promise<AlertView>;
  /** Asks for more people to come to what this person has; whoever accepts it then joins. */
  wantHelp: (scope: Scope, id: string) => Promise<AlertView>;
  arrive: (scope: Scope, id: string) => Promise<AlertView>;
  resolve: (scope: Scope, id: string, outcome: Outcome, note: string | null) => Promise<AlertView>;
  comment: (scope: Scope, id: string, text: string) => Promise<AlertView>;
  /** A screen of this person shows the alert; unknown alerts are passed over. */
  seen: (scope: Scope, id: string) => void;
}
