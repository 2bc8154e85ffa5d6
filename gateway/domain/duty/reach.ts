import type { Queue } from '../../protocol/alert.ts';
import type { PersonChannel, Target } from '../../protocol/duty/policy.ts';
import type { AskedParty, Reach } from '../alert/alert-event.ts';
import { joinParties } from '../alert/parties.ts';
import type { EscalationStep } from '../alert/policy.ts';
import { permissions } from '../scope.ts';
import type { Arrangements, PersonFile } from './arrangement.ts';

/** What is to be known of an alert to tell whom it asks. */
export interface Addressee {
  municipalityId: string;
  /** Whoever does not work with it is not reached; left out: anybody may be. */
  queue?: Queue;
  /** The unit that answers, and until when. */
  unitId: string | null;
  unitUntil: number | null;
}

/**
 * Whom a step reaches at an instant. Somebody on duty whom none of its channels can reach is not reached, nor is one who
 * may not see the alert.
 */
export function reachOf(
  arrangements: Arrangements,
  alert: Addressee,
  { asks, channels }: Pick<EscalationStep, 'asks' | 'channels'>,
  at: number,
): Reach {
  const parties: AskedParty[] = [];
  const people = new Set<string>();
  const endpoints = new Set<string>();
  for (const target of asks) {
    const asked = askedBy(arrangements, alert, target, at);
    parties.push(...asked.parties);
    for (const person of asked.people) {
      if (worksWith(person, alert) && canBeTold(person, channels)) people.add(person.id);
    }
    for (const id of asked.endpoints) if (arrangements.endpoints.has(id)) endpoints.add(id);
  }
  const isNobody = people.size === 0 && endpoints.size === 0;
  return {
    parties: joinParties([], parties),
    people: [...people],
    endpoints: [...endpoints],
    isNobody,
  };
}

interface AskedByTarget {
  parties: readonly AskedParty[];
  people: readonly PersonFile[];
  endpoints: readonly string[];
}

function askedBy(
  arrangements: Arrangements,
  alert: Addressee,
  target: Target,
  at: number,
): AskedByTarget {
  const nobodyElse = { parties: [], endpoints: [] };
  switch (target.who) {
    case 'responsible-unit':
      return byUnit(arrangements, alert.unitId, alert.unitUntil, at);
    case 'unit':
      return byUnit(arrangements, target.unitId, null, at);
    case 'everyone':
      return byEveryone(arrangements, alert, at);
    case 'coordinators':
      return { ...nobodyElse, people: onCall(arrangements, alert, 'coordinator', at) };
    case 'technicians':
      return { ...nobodyElse, people: onCall(arrangements, alert, 'technician', at) };
    case 'people': {
      const people = target.ids.flatMap((id) => arrangements.people.get(id) ?? []);
      const own = people.filter(({ municipalityId }) => municipalityId === alert.municipalityId);
      return {
        parties: own.map(({ id }) => ({ kind: 'person', ref: id, until: null })),
        people: own,
        endpoints: [],
      };
    }
    case 'webhook':
      return { parties: [], people: [], endpoints: [target.endpointId] };
  }
}

function byUnit(
  arrangements: Arrangements,
  unitId: string | null,
  until: number | null,
  at: number,
): AskedByTarget {
  const unit = unitId === null ? undefined : arrangements.units.get(unitId);
  if (unit === undefined) return { parties: [], people: [], endpoints: [] };
  return {
    parties: [{ kind: 'unit', ref: unit.id, until }],
    people: onDutyIn(arrangements, unit.id, at),
    endpoints: unit.endpointId === null ? [] : [unit.endpointId],
  };
}

function byEveryone(arrangements: Arrangements, alert: Addressee, at: number): AskedByTarget {
  const responsible = byUnit(arrangements, alert.unitId, alert.unitUntil, at);
  const { municipalityId } = alert;
  const units = [...arrangements.units.values()].filter(
    (unit) => unit.municipalityId === municipalityId && unit.kind === 'team',
  );
  return {
    parties: [...responsible.parties, { kind: 'everyone', ref: municipalityId, until: null }],
    people: [...responsible.people, ...units.flatMap(({ id }) => onDutyIn(arrangements, id, at))],
    endpoints: responsible.endpoints,
  };
}

/** Who is at work in a unit: those of it who have checked in, or, where nobody checks in, all who belong to it. */
export function onDutyIn(
  arrangements: Arrangements,
  unitId: string,
  at: number,
): readonly PersonFile[] {
  const unit = arrangements.units.get(unitId);
  if (unit === undefined) return [];
  const carers = membersOf(arrangements, unitId);
  if (unit.duty === 'always') return carers;
  return arrangements.duties
    .filter((duty) => duty.unitId === unitId && duty.from <= at && at < duty.until)
    .flatMap(({ personId }) => carers.find(({ id }) => id === personId) ?? []);
}

/** Found once for each state of the arrangements: a rush of alerts asks the same units again and again. */
const members = new WeakMap<Arrangements, Map<string, readonly PersonFile[]>>();

/** The carers who belong to a unit. */
export function membersOf(arrangements: Arrangements, unitId: string): readonly PersonFile[] {
  const known = members.get(arrangements) ?? new Map<string, readonly PersonFile[]>();
  members.set(arrangements, known);
  const found = known.get(unitId) ?? findMembers(arrangements, unitId);
  known.set(unitId, found);
  return found;
}

function findMembers({ units, people }: Arrangements, unitId: string): readonly PersonFile[] {
  const unit = units.get(unitId);
  return [...people.values()].filter(
    (person) =>
      person.role === 'carer' &&
      person.municipalityId === unit?.municipalityId &&
      (person.units === 'all' || person.units.includes(unitId)),
  );
}

/** Those of a role who are on call; when none is, all of them: never nobody. */
function onCall(
  arrangements: Arrangements,
  { municipalityId }: Addressee,
  role: 'coordinator' | 'technician',
  at: number,
): readonly PersonFile[] {
  const all = [...arrangements.people.values()].filter(
    (person) => person.role === role && person.municipalityId === municipalityId,
  );
  const called = all.filter(({ id }) =>
    arrangements.duties.some(
      (duty) => duty.personId === id && duty.unitId === null && duty.from <= at && at < duty.until,
    ),
  );
  return called.length > 0 ? called : all;
}

function worksWith({ role }: PersonFile, { queue }: Addressee): boolean {
  return queue === undefined || permissions[role].queues.includes(queue);
}

/** Screens and e-mail are anybody's; a push needs a browser that has asked for it. */
function canBeTold({ pushes }: PersonFile, channels: readonly PersonChannel[]): boolean {
  return channels.some((channel) => channel !== 'push' || pushes > 0);
}
