import type {
  EndpointInput,
  EndpointList,
  EndpointSecret,
  EndpointTested,
  EndpointView,
} from '../protocol/duty/endpoint.ts';
import type { Scope } from './scope.ts';

/**
 * Where webhooks of a municipality go. A role that has no right to it is AppError `forbidden`; an endpoint of another
 * municipality is `not-found`.
 */
export interface EndpointDesk {
  list: (scope: Scope) => Promise<EndpointList>;
  /** The answer holds the secret, which is never shown again. More endpoints than anybody looks after are `conflict`. */
  add: (scope: Scope, input: EndpointInput) => Promise<EndpointSecret>;
  /** Turns it on again if it was off. */
  change: (scope: Scope, id: string, input: EndpointInput) => Promise<EndpointView>;
  /** A new secret; what is signed from now on is signed with it alone. */
  renewSecret: (scope: Scope, id: string) => Promise<EndpointSecret>;
  /** `conflict`, and by what, while a unit or a policy names it. What waits for it is given up. */
  remove: (scope: Scope, id: string) => Promise<void>;
  /** Sends a message of type `endpoint.test`, once, and waits for what becomes of it. */
  test: (scope: Scope, id: string) => Promise<EndpointTested>;
}
