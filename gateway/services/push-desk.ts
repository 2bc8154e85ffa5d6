import type { Staffing, VapidKeys } from '../domain/duty/staffing.ts';
import { AppError } from '../domain/errors.ts';
import type { PushDesk } from '../domain/push-desk.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { PushSubscriptionInput } from '../protocol/duty/push.ts';

export interface PushDeskOptions {
  staffing: Pick<Staffing, 'saveSubscription' | 'endSubscription' | 'subscriptions' | 'vapidKeys'>;
  freshKeys: () => VapidKeys;
  clock: () => number;
}

/** Somebody with more browsers than that has left the oldest behind. */
const browsersAtMost = 10;

export function createPushDesk({ staffing, freshKeys, clock }: PushDeskOptions): PushDesk {
  return {
    publicKey: async (scope) => {
      requireRight(scope);
      return (await staffing.vapidKeys(freshKeys)).publicKey;
    },
    subscribe: async (scope, subscription) => {
      requireRight(scope);
      requireKeys(subscription);
      requireService(subscription);
      const { municipalityId, userId: personId } = scope;
      const known = await staffing.subscriptions(personId);
      const others = known
        .filter(({ endpoint }) => endpoint !== subscription.endpoint)
        .toSorted((one, other) => other.at - one.at);
      for (const { endpoint } of others.slice(browsersAtMost - 1)) {
        await staffing.endSubscription(endpoint);
      }
      await staffing.saveSubscription({ ...subscription, municipalityId, personId, at: clock() });
    },
    unsubscribe: async (scope, endpoint) => {
      requireRight(scope);
      const own = await staffing.subscriptions(scope.userId);
      if (own.some((each) => each.endpoint === endpoint)) await staffing.endSubscription(endpoint);
    },
  };
}

function requireRight({ role }: Scope): void {
  if (!permissions[role].answer) {
    throw new AppError('forbidden', 'Only those who answer alerts are told of them.');
  }
}

/** A point on P-256, not compressed, and 16 bytes of secret (RFC 8291, 2). */
function requireKeys({ keys: { p256dh, auth } }: PushSubscriptionInput): void {
  const point = Buffer.from(p256dh, 'base64url');
  const isPoint = point.length === 65 && point[0] === 4;
  if (!isPoint || Buffer.from(auth, 'base64url').length !== 16) {
    throw new AppError('invalid', 'These are not the keys of a push subscription.');
  }
}

/** Push services are reached over https (RFC 8030, 8.1); on this machine itself, one may be tried out without. */
function requireService({ endpoint }: PushSubscriptionInput): void {
  const { protocol, hostname, username, password } = new URL(endpoint);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if ((protocol !== 'https:' && !isHere) || username !== '' || password !== '') {
    throw new AppError('invalid', 'This is not the address of a push service.');
  }
}
