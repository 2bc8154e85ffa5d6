import { randomUUID } from 'node:crypto';

import type { Store } from '../domain/store.ts';
import type { Plan } from '../protocol/duty/plan.ts';
import type { Roster } from '../protocol/duty/roster.ts';

const hourMs = 3_600_000;
const author = { authorId: 'demo-coordinator', reason: 'Demokommunens början' };

/** By day the home service of each part, at night that of the north for both. */
const plan: Plan = {
  lines: [{ unitId: 'norr', hours: { from: '21:00', to: '07:00' } }],
  exceptions: [],
};

/** The north at all hours, but for Sunday mornings: a coordinator finds the gap. */
function rosterFrom(date: string): Roster {
  return {
    weekly: [
      {
        id: 'night',
        personId: 'demo-carer',
        hours: { from: '21:00', to: '07:00', days: ['mon', 'tue', 'wed', 'thu'] },
        first: date,
        everyWeeks: 1,
      },
      {
        id: 'weekend-night',
        personId: 'demo-carer-2',
        hours: { from: '21:00', to: '07:00', days: ['fri', 'sat', 'sun'] },
        first: date,
        everyWeeks: 1,
      },
      {
        id: 'day',
        personId: 'demo-carer-2',
        hours: { from: '07:00', to: '21:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
        first: date,
        everyWeeks: 1,
      },
      {
        id: 'sunday',
        personId: 'demo-carer',
        hours: { from: '10:00', to: '21:00', days: ['sun'] },
        first: date,
        everyWeeks: 1,
      },
    ],
    single: [],
    changes: [],
  };
}

/** Says who answers when, and who is planned to be there. */
export async function arrangeDemo(
  { staffing }: Store,
  municipalityId: string,
  { at, timeZone }: { at: number; timeZone: string },
): Promise<void> {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const version = { municipalityId, version: 1, at, ...author };
  await staffing.addDocument({ ...version, kind: 'plan', subjectId: '', document: plan });
  // From the Sunday night before this week, so that the week one opens is planned as the coming ones are.
  const sunday = today.toPlainDate().subtract({ days: today.dayOfWeek });
  const document = rosterFrom(sunday.toString());
  await staffing.addDocument({ ...version, kind: 'roster', subjectId: 'norr', document });
}

/** The demo's carer has just come to work: whoever opens the link is asked at once. */
export async function checkInDemo(
  { staffing }: Store,
  municipalityId: string,
  at: number,
): Promise<void> {
  const personId = 'demo-carer';
  const until = at + 10 * hourMs;
  const duty = { municipalityId, personId, unitId: 'norr', from: at, until, byId: personId };
  await staffing.addDuty({ id: randomUUID(), ...duty });
}
