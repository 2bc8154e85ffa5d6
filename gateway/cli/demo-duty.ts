import { randomUUID } from 'node:crypto';

import type { Store } from '../domain/store.ts';
import type { Plan } from '../protocol/duty/plan.ts';
import type { Roster } from '../protocol/duty/roster.ts';
import { type PastShift, pastShifts } from './demo-shift.ts';

const hourMs = 3_600_000;
const author = { authorId: 'demo-coordinator', reason: 'Demokommunens början' };

/** By day the home service of each part, at night that of the north for both. */
const plan: Plan = {
  lines: [{ unitId: 'norr', hours: { from: '21:00', to: '07:00' } }],
  exceptions: [],
};

/** The shifts of the north; nobody is planned on Sunday mornings. */
const shifts: readonly Pick<Roster['weekly'][number], 'id' | 'personId' | 'hours'>[] = [
  {
    id: 'night',
    personId: 'demo-carer',
    hours: { from: '21:00', to: '07:00', days: ['mon', 'tue', 'wed', 'thu'] },
  },
  {
    id: 'weekend-night',
    personId: 'demo-carer-2',
    hours: { from: '21:00', to: '07:00', days: ['fri', 'sat', 'sun'] },
  },
  {
    id: 'day',
    personId: 'demo-carer-2',
    hours: { from: '07:00', to: '21:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
  },
  {
    id: 'sunday',
    personId: 'demo-carer',
    hours: { from: '10:00', to: '21:00', days: ['sun'] },
  },
];

/** The north at all hours, but for Sunday mornings: a coordinator finds the gap. */
function rosterFrom(date: string): Roster {
  return {
    weekly: shifts.map((shift) => ({ ...shift, first: date, everyWeeks: 1 })),
    single: [],
    changes: [],
  };
}

/** What the past of the demonstration is thrown from. */
export const demoSeed = 'demo';

/** Who was at work until then. */
export function demoShiftsBefore(
  at: number,
  { since, timeZone }: { since: number; timeZone: string },
): readonly PastShift[] {
  return pastShifts(shifts, { from: since, to: at, timeZone, seed: demoSeed });
}

/** Says who answers when since then, who is planned to be there, and who was until now. */
export async function arrangeDemo(
  { staffing }: Store,
  municipalityId: string,
  { at, since, timeZone }: { at: number; since: number; timeZone: string },
): Promise<void> {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const version = { municipalityId, version: 1, at: since, ...author };
  await staffing.addDocument({ ...version, kind: 'plan', subjectId: '', document: plan });
  // From the Sunday night before this week, so that the week one opens is planned as the coming ones are.
  const sunday = today.toPlainDate().subtract({ days: today.dayOfWeek });
  const document = rosterFrom(sunday.toString());
  await staffing.addDocument({ ...version, kind: 'roster', subjectId: 'norr', document });
  for (const shift of demoShiftsBefore(at, { since, timeZone })) {
    const { personId, from, to: until } = shift;
    const duty = { municipalityId, personId, unitId: 'norr', from, until, byId: personId };
    await staffing.addDuty({ id: randomUUID(), ...duty });
  }
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
