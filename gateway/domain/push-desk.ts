import type { PushSubscriptionInput } from '../protocol/duty/push.ts';
import type { Scope } from './scope.ts';

/** Who is pushed to, and where. Somebody who answers no alerts is AppError `forbidden`. */
export interface PushDesk {
  /** The key that a browser subscribes with, in URL-safe base64. */
  publicKey: (scope: Scope) => Promise<string>;
  /** From now on pushes to this browser are for this person and nobody else. Keys that are none, and an address without https, are `invalid`. */
  subscribe: (scope: Scope, subscription: PushSubscriptionInput) => Promise<void>;
  /** Ends it if it is this person's; it is no fault if it is not. */
  unsubscribe: (scope: Scope, endpoint: string) => Promise<void>;
}
