import type { Finding } from '../../protocol/duty/plan.ts';
import type { PersonChannel, PolicyInput, Step, Target } from '../../protocol/duty/policy.ts';
import type { Arrangements } from './arrangement.ts';
import { error, warning } from './finding.ts';
import { mayAnswer } from './responsibility.ts';

/** Policies that somebody is about to put in force, and what they may name. */
export interface PolicySubject {
  arrangements: Arrangements;
  municipalityId: string;
  policies: readonly PolicyInput[];
  homes: readonly { id: string; label: string; unitId: string }[];
  /** Webhook endpoints of the municipality, also those to which nothing is sent any more. */
  endpoints: readonly { id: string; name: string; disabledAt: number | null }[];
  /** How this service can tell people. */
  channels: ReadonlySet<PersonChannel>;
}

type Path = Finding['path'];

const longestFirstWaitSeconds = 3 * 60;
const longestUntilManySeconds = 15 * 60;

/** What will not work in a set of policies, and what one should know before it holds. */
export function checkPolicies(subject: PolicySubject): Finding[] {
  const known = new Set(subject.homes.map(({ id }) => id));
  const named = subject.policies.map(({ homeIds }) => new Set(homeIds));
  return subject.policies.flatMap((policy, index) => {
    const path = ['policies', index];
    return [
      ...checkPlace(subject, named, index),
      ...checkScope(subject, known, policy, path),
      ...policy.steps.flatMap((step, place) => checkStep(subject, step, [...path, 'steps', place])),
      ...(policy.severities.includes('emergency') ? checkUrgency(policy, path) : []),
      ...checkEnd(policy, path),
    ];
  });
}

/** Each policy is told from all others, by its id and by what it is for. */
function checkPlace(
  { policies, homes }: PolicySubject,
  named: readonly ReadonlySet<string>[],
  index: number,
): Finding[] {
  const policy = policies[index];
  if (policy === undefined) return [];
  const path = ['policies', index];
  const before = policies.slice(0, index);
  if (before.some(({ id }) => id === policy.id)) {
    return [
      error(
        [...path, 'id'],
        `Det finns redan en kedja ”${policy.id}”.`,
        `There is a policy "${policy.id}" already.`,
      ),
    ];
  }
  const own = named[index] ?? new Set();
  const rival = before.find(
    (other, place) =>
      isRival(other, policy) &&
      (policy.homeIds === undefined || named[place]?.isDisjointFrom(own) === false),
  );
  if (rival === undefined) return [];
  const shared = rival.homeIds?.find((id) => own.has(id));
  const label = homes.find(({ id }) => id === shared)?.label;
  return [
    error(
      path,
      `Samma larm har redan kedjan ”${rival.title}”${label === undefined ? '' : ` (${label})`}: de är lika specifika, så ingen går före.`,
      `The same alerts have the policy "${rival.title}" already${label === undefined ? '' : ` (${label})`}: neither is more specific.`,
    ),
  ];
}

/** As specific as each other, for some severity; whether some home is meant by both is asked last. */
function isRival(a: PolicyInput, b: PolicyInput): boolean {
  if (a.unitId !== b.unitId) return false;
  if (a.severities.every((severity) => !b.severities.includes(severity))) return false;
  return (a.homeIds === undefined) === (b.homeIds === undefined);
}

function checkScope(
  subject: PolicySubject,
  known: ReadonlySet<string>,
  policy: PolicyInput,
  path: Path,
): Finding[] {
  const unknown = [...(policy.homeIds ?? []).entries()].filter(([, id]) => !known.has(id));
  return [
    ...unknown.map(([index, id]) =>
      error(
        [...path, 'homeIds', index],
        `Det finns inget hem ”${id}” här.`,
        `There is no home "${id}" here.`,
      ),
    ),
    ...(policy.unitId === undefined ? [] : checkUnit(subject, policy.unitId, [...path, 'unitId'])),
  ];
}

function checkUnit(
  { arrangements, municipalityId }: PolicySubject,
  unitId: string,
  path: Path,
): Finding[] {
  if (mayAnswer(arrangements, unitId, municipalityId)) return [];
  const name = arrangements.units.get(unitId)?.name ?? unitId;
  return [
    error(
      path,
      `Arbetslaget ”${name}” finns inte, eller arbetar inte för den här kommunen.`,
      `The unit "${name}" is not there, or does not serve this municipality.`,
    ),
  ];
}

const channelWords = {
  screen: { sv: 'skärm', en: 'screen' },
  push: { sv: 'notiser', en: 'push' },
  email: { sv: 'e-post', en: 'e-mail' },
} satisfies Record<PersonChannel, { sv: string; en: string }>;

function checkStep(subject: PolicySubject, step: Step, path: Path): Finding[] {
  const missing = step.channels.filter((channel) => !subject.channels.has(channel));
  const number = Number(path.at(-1)) + 1;
  const asksPeople = step.asks.some(({ who }) => who !== 'webhook');
  const isMute = missing.length === step.channels.length && asksPeople;
  return [
    ...step.asks.flatMap((target, index) => checkTarget(subject, target, [...path, 'asks', index])),
    ...missing.map((channel) => {
      const at = [...path, 'channels', step.channels.indexOf(channel)];
      const sv = `Steg ${number}: tjänsten är inte inställd för ${channelWords[channel].sv}.`;
      const en = `Step ${number}: ${channelWords[channel].en} is not set up in this service.`;
      return isMute ? error(at, sv, en) : warning(at, sv, en);
    }),
  ];
}

function checkTarget(subject: PolicySubject, target: Target, path: Path): Finding[] {
  switch (target.who) {
    case 'responsible-unit':
    case 'everyone':
    case 'coordinators':
    case 'technicians':
      return [];
    case 'unit':
      return checkUnit(subject, target.unitId, [...path, 'unitId']);
    case 'people':
      return [...target.ids.entries()].flatMap(([index, id]) =>
        subject.arrangements.people.get(id)?.municipalityId === subject.municipalityId
          ? []
          : error(
              [...path, 'ids', index],
              `Det finns ingen person ”${id}” i kommunen.`,
              `There is nobody "${id}" in the municipality.`,
            ),
      );
    case 'webhook':
      return checkEndpoint(subject, target.endpointId, [...path, 'endpointId']);
  }
}

function checkEndpoint({ endpoints }: PolicySubject, id: string, path: Path): Finding[] {
  const endpoint = endpoints.find((one) => one.id === id);
  if (endpoint === undefined) {
    return [error(path, `Det finns ingen webhook ”${id}”.`, `There is no webhook "${id}".`)];
  }
  if (endpoint.disabledAt === null) return [];
  return [
    warning(
      path,
      `Webhooken ”${endpoint.name}” är avstängd, så inget skickas dit.`,
      `The webhook "${endpoint.name}" is turned off, so nothing is sent there.`,
    ),
  ];
}

/** An emergency must not wait long for one, nor for many. */
function checkUrgency({ steps }: PolicyInput, path: Path): Finding[] {
  const findings: Finding[] = [];
  const [first] = steps;
  if (first !== undefined && steps.length > 1 && first.waitSeconds > longestFirstWaitSeconds) {
    findings.push(
      warning(
        [...path, 'steps', 0, 'waitSeconds'],
        'Ett akut larm väntar mer än tre minuter innan någon annan frågas.',
        'An emergency waits for more than three minutes before anybody else is asked.',
      ),
    );
  }
  const seconds = secondsUntilMany(steps);
  if (seconds !== null && seconds <= longestUntilManySeconds) return findings;
  const reaches = 'alla i tjänst eller samordnarna';
  return [
    ...findings,
    seconds === null
      ? warning(
          [...path, 'steps'],
          `Ett akut larm når aldrig ${reaches}.`,
          'An emergency never reaches everybody on duty or the coordinators.',
        )
      : warning(
          [...path, 'steps'],
          `Ett akut larm når ${reaches} först efter mer än en kvart.`,
          'An emergency reaches everybody on duty or the coordinators only after more than 15 minutes.',
        ),
  ];
}

function secondsUntilMany(steps: readonly Step[]): number | null {
  let seconds = 0;
  for (const { asks, waitSeconds } of steps) {
    if (asks.some(({ who }) => who === 'everyone' || who === 'coordinators')) return seconds;
    seconds += waitSeconds;
  }
  return null;
}

/** The last step is asked again and again, so it should not hang on one person's telephone. */
function checkEnd({ steps }: PolicyInput, path: Path): Finding[] {
  const last = steps.at(-1);
  const [only, ...others] = last?.asks ?? [];
  const isOnePerson = only?.who === 'people' && new Set(only.ids).size === 1;
  if (!isOnePerson || others.length > 0) return [];
  return [
    warning(
      [...path, 'steps', steps.length - 1, 'asks'],
      'Kedjan slutar hos en enda person.',
      'The chain ends with one single person.',
    ),
  ];
}
