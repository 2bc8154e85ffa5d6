import type { AlertDetail } from '../protocol/alert.ts';
import type { AlertPage, AlertQuery } from '../protocol/api.ts';
import type { AlertChange } from '../protocol/stream.ts';
import type { Overview } from './overview.ts';
import type { Scope } from './scope.ts';

/** Where a screen's stream begins. */
export interface StreamStart {
  /** Everything up to here is in `changes`, or in the board that the screen is to fetch. */
  seq: number;
  /** What the screen has missed; null when it must fetch the board again. */
  changes: readonly AlertChange[] | null;
  /** Alerts that meanwhile have ceased to be the reader's to see. */
  gone: readonly string[];
}

/** What people read, as of now. Each disclosure is in the access log before it is answered; if it cannot be, it is refused. */
export interface Reading extends Pick<Overview, 'homes' | 'home' | 'devices' | 'status'> {
  alerts: (scope: Scope, query: AlertQuery) => Promise<AlertPage>;
  alert: (scope: Scope, id: string) => Promise<AlertDetail | null>;
  /** Discloses all live changes from now on, and those after `cursor`; null asks for none of the past. */
  openStream: (scope: Scope, cursor: number | null, limit: number) => Promise<StreamStart>;
}
