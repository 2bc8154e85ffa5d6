import { defaultPolicies } from '../alert/policy.ts';
import type { AlertTerms } from '../alert/terms.ts';
import type { Ledger } from '../ledger.ts';
import type { ChannelName } from '../notification/notification.ts';
import { queueOf } from '../scope.ts';
import type { Arrangements } from './arrangement.ts';
import { heldBy, testModeOf } from './held.ts';
import { policyFor } from './policy-for.ts';
import { reachOf } from './reach.ts';
import { responsibleFor } from './responsibility.ts';

/** What alerts go by, as of an open transaction. */
export type TermsFor = (ledger: Pick<Ledger, 'arrangements'>) => Promise<AlertTerms>;

/** What alerts go by under these arrangements; `channels` are those that are set up. */
export function termsOf(
  arrangements: Arrangements,
  newAlertId: () => string,
  channels: ReadonlySet<ChannelName>,
): AlertTerms {
  return {
    newAlertId,
    responsibleFor: (home, at) => responsibleFor(arrangements, home, at),
    policyFor: (wish) => policyFor(arrangements, wish),
    reachOf: (alert, step, at) =>
      reachOf(arrangements, { ...alert, queue: queueOf(alert) }, step, at),
    heldBy: (alert, at) => heldBy(arrangements, alert, at),
    testModeOf: (homeId, deviceId, at) => testModeOf(arrangements, { homeId, deviceId }, at),
    channelsTo: (personId) => {
      const hasBrowser = (arrangements.people.get(personId)?.pushes ?? 0) > 0;
      return hasBrowser ? channels : channels.difference(new Set(['push']));
    },
  };
}

/** As if the home's own unit always answered and every step reached somebody: for judging rules, where no people are. */
export function staffedTerms(newAlertId: () => string): AlertTerms {
  return {
    newAlertId,
    responsibleFor: ({ unitId }) => ({ unitId, until: null }),
    policyFor: ({ severity }) => defaultPolicies[severity],
    reachOf: ({ municipalityId, unitId }, { asks }) => ({
      parties: [
        ...(unitId === null ? [] : [{ kind: 'unit' as const, ref: unitId, until: null }]),
        ...(asks.some(({ who }) => who === 'everyone')
          ? [{ kind: 'everyone' as const, ref: municipalityId, until: null }]
          : []),
      ],
      people: [],
      endpoints: [],
      isNobody: false,
    }),
    heldBy: () => null,
    testModeOf: () => null,
    channelsTo: () => new Set(),
  };
}
