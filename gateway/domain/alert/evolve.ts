import type { AlertEvent, AskedParty, Reach } from './alert-event.ts';
import { type Alert, begin, earliest, isWorse } from './alert.ts';
import { joinParties } from './parties.ts';

/** Applies one recorded fact. Total: history is never refused. */
export function evolve(alert: Alert, event: AlertEvent): Alert {
  switch (event.type) {
    case 'raised':
      return begin(event);
    case 'repeated':
      return {
        ...alert,
        repeats: alert.repeats + 1,
        latestSince: Math.max(alert.latestSince, event.since),
        clearedAt:
          alert.clearedAt !== null && event.since <= alert.clearedAt ? alert.clearedAt : null,
        severity: isWorse(event.severity, alert.severity) ? event.severity : alert.severity,
      };
    case 'escalated':
      return asking(alert, event.reached, {
        step: event.step,
        held: null,
        inhibitedBy: null,
        mustBeHeard: alert.mustBeHeard || event.reason === 'pressed-again',
        ...waiting(event),
      });
    case 'returned':
      return asking({ ...alert, asked: withoutHelpers(alert, event.at) }, event.reached, {
        ...free,
        step: event.step,
        mustBeHeard:
          alert.mustBeHeard || event.reason === 'pressed-again' || event.reason === 'no-arrival',
        ...waiting(event),
      });
    case 'assigned':
      return assigned(alert, event);
    case 'delivered':
      return event.channel === 'screen' ? { ...alert, deliveredStep: event.step } : alert;
    case 'declined':
      return { ...alert, declinedBy: [...alert.declinedBy, event.by] };
    case 'accepted':
    case 'taken-over':
      return due(alert, {
        state: 'accepted',
        by: event.by,
        etaAt: event.etaAt,
        arrivedAt: null,
        held: null,
        inhibitedBy: null,
        ...waiting(event),
      });
    case 'handed-over':
      return asking(alert, event.reached, {
        state: 'accepted',
        by: event.to,
        etaAt: null,
        arrivedAt: null,
        ...waiting(event),
      });
    case 'help-wanted':
      return asking(alert, event.reached, {
        step: event.step,
        helpWanted: { at: alert.helpWanted?.at ?? event.at, dueAt: event.helpDueAt },
      });
    case 'joined':
      return due(alert, {
        helpWanted: null,
        helpers: [...alert.helpers, event.by],
        asked: joinParties(alert.asked, [{ kind: 'person', ref: event.by, until: null }]),
      });
    case 'arrived':
      return due(alert, {
        state: 'on-site',
        by: event.by,
        arrivedAt: event.at,
        held: null,
        inhibitedBy: null,
        ...waiting(event),
      });
    case 'notified':
      return due(alert, waiting(event));
    case 'cleared':
      return { ...alert, clearedAt: event.since };
    case 'suppressed':
      return due(alert, {
        held: { why: event.reason, until: event.until },
        inhibitedBy: null,
        ...waiting(event),
      });
    case 'inhibited':
      return due(alert, { inhibitedBy: event.inhibitor, ...waiting(event) });
    case 'undelivered':
    case 'commented':
      return alert;
    case 'resolved':
      return {
        ...alert,
        asked: withoutHelpers(alert, event.at).map((party) => soonOver(party, event.at)),
        state: 'resolved',
        stateDueAt: null,
        dueAt: null,
        held: null,
        inhibitedBy: null,
        helpWanted: null,
        resolvedAt: event.at,
        outcome: event.outcome,
      };
  }
}

/** Of nobody any more, and asking again. */
const free = {
  state: 'firing',
  by: null,
  etaAt: null,
  arrivedAt: null,
  helpWanted: null,
  helpers: [],
  deliveredStep: null,
  held: null,
  inhibitedBy: null,
} as const satisfies Partial<Alert>;

function waiting({ at, dueAt }: { at: number; dueAt: number }) {
  return { stateDueAt: dueAt, dueSince: at };
}

/** The alert after a change, with the next deadline of any kind worked out. */
function due(alert: Alert, change: Partial<Alert>): Alert {
  const after = { ...alert, ...change };
  const { stateDueAt, unitUntil, helpWanted } = after;
  if (stateDueAt === null) return after;
  return { ...after, dueAt: earliest(stateDueAt, unitUntil, helpWanted?.dueAt ?? null) };
}

function asking(alert: Alert, { parties, people, endpoints }: Reach, change: Partial<Alert>) {
  return due(alert, {
    askings: alert.askings + 1,
    asked: joinParties(alert.asked, parties),
    reached: { people, endpoints },
    endpoints: [...new Set([...alert.endpoints, ...endpoints])],
    declinedBy: [],
    ...change,
  });
}

/** Whoever came to help sees it as long as they help. */
function withoutHelpers({ asked, helpers }: Alert, at: number): readonly AskedParty[] {
  if (helpers.length === 0) return asked;
  return asked.map((party) =>
    party.kind === 'person' && helpers.includes(party.ref) ? { ...party, until: at } : party,
  );
}

function assigned(alert: Alert, event: Extract<AlertEvent, { type: 'assigned' }>): Alert {
  const { at, unitId, unitUntil, isTest, policy, reached } = event;
  // Who was asked while another unit answered was asked for its hours only; those asked by name stay asked.
  const isMoved = unitId !== alert.unitId;
  const asked = alert.asked.map((party): AskedParty => {
    if (party.kind === 'person' || isOver(party, at)) return party;
    if (isMoved) return { ...party, until: at };
    return party.ref === unitId ? { ...party, until: unitUntil } : party;
  });
  const facts = { unitId, unitUntil, isTest, policy, asked };
  if (reached === null) {
    const answering: readonly AskedParty[] =
      unitId === null ? [] : [{ kind: 'unit', ref: unitId, until: unitUntil }];
    return due(alert, { ...facts, asked: joinParties(asked, answering), stateDueAt: event.dueAt });
  }
  const moved = { ...alert, ...facts };
  return asking(moved, reached, { ...free, step: event.step, ...waiting(event) });
}

/** For so long whoever was asked may look up what became of it: a shift. */
const seenAfterwardsMs = 12 * 3_600_000;

function soonOver(party: AskedParty, at: number): AskedParty {
  return party.until === null ? { ...party, until: at + seenAfterwardsMs } : party;
}

function isOver({ until }: AskedParty, at: number): boolean {
  return until !== null && until <= at;
}

/** The alert that a whole history adds up to; null for an empty one. */
export function fold(events: readonly AlertEvent[]): Alert | null {
  let alert: Alert | null = null;
  for (const event of events) {
    if (alert !== null) alert = evolve(alert, event);
    else if (event.type === 'raised') alert = begin(event);
  }
  return alert;
}
