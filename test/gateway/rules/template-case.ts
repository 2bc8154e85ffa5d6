import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';
import { z } from 'zod';

import type { Alert } from '../../../gateway/domain/alert/alert.ts';
import { staffedTerms } from '../../../gateway/domain/duty/terms.ts';
import { openEvaluation } from '../../../gateway/domain/evaluation.ts';
import type { HomeContext } from '../../../gateway/domain/home/home-context.ts';
import { compileRules } from '../../../gateway/domain/home/rule-set.ts';
import type { LogEntry } from '../../../gateway/domain/ledger.ts';
import { Severity } from '../../../gateway/protocol/alert.ts';
import { type EventType, eventTypes } from '../../../gateway/protocol/catalogue.ts';
import { placements } from '../../../gateway/protocol/placement.ts';
import {
  capabilitiesOf,
  type ProfileId,
  profiles,
  silentAfterMs,
} from '../../../gateway/protocol/profile.ts';
import { ResidentFlag } from '../../../gateway/protocol/resident-flag.ts';
import { Duration } from '../../../gateway/protocol/rule/duration.ts';
import { type Rule, RuleId } from '../../../gateway/protocol/rule/rule.ts';
import { local, timeZone } from '../domain/home/given-home.ts';

/** A time of the wall clock in Stockholm: of the case's day, or, with a plus, so many days later. */
const Time = z.string().regex(/^(\+\d )?([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/);

/** `22:00:00 door door.opened`, with numbers of its data as `name=value`. */
const Told = z.string().transform((text, context) => {
  const groups =
    /^(?<time>(\+\d )?\S+) (?<device>[a-z]+) (?<type>[a-z.-]+)(?<data>( \S+=\S+)*)$/.exec(
      text,
    )?.groups;
  const time = Time.safeParse(groups?.['time']);
  const type = eventTypes.find((one) => one === groups?.['type']);
  if (!time.success || type === undefined || groups === undefined) {
    context.addIssue(`"${text}" is no event: write such as \`22:00:00 door door.opened\`.`);
    return z.NEVER;
  }
  const pairs = (groups['data'] ?? '').trim().split(' ').filter(Boolean);
  const data = Object.fromEntries(
    pairs.map((pair) => pair.split('=')).map(([name, value]) => [name ?? '', Number(value)]),
  );
  return { time: time.data, deviceId: groups['device'] ?? '', type, data };
});

const Devices = z.record(
  z.string().regex(/^[a-z]+$/),
  z.strictObject({
    profile: z.enum(Object.keys(profiles) as [ProfileId, ...ProfileId[]]),
    /** The profile's own, if left out. */
    placement: z.enum(Object.keys(placements) as [string, ...string[]]).optional(),
  }),
);

const Given = z.strictObject({
  /** The rule's own alerts, if left out. */
  rule: RuleId.optional(),
  at: Time,
  severity: Severity,
  /** Left out when the alert is of the home. */
  device: z.string().optional(),
  /** When the condition ended. */
  cleared: Time.optional(),
  /** It left the screen by itself. */
  left: z.literal(true).optional(),
  /** Another alert holds it back. */
  held: z.literal(true).optional(),
});

const Case = z.strictObject({
  case: z.string(),
  day: z.iso.date().default('2026-11-21'),
  /** When the devices were placed; midnight, if left out. */
  placed: Time.default('00:00:00'),
  devices: Devices.optional(),
  flags: z.array(ResidentFlag).optional(),
  /** Other templates in force. */
  with: z.array(RuleId).default([]),
  given: z.array(Told),
  /** How long after it was raised somebody has resolved an alert; never, if left out. */
  handledAfter: Duration.optional(),
  until: Time,
  gives: z.array(Given),
});
export type Case = z.infer<typeof Case>;

const Cases = z.strictObject({
  devices: Devices,
  flags: z.array(ResidentFlag).default([]),
  cases: z.array(Case).min(3),
});
export type Cases = z.infer<typeof Cases>;

export async function readCases(file: string): Promise<Cases> {
  return Cases.parse(parse(await readFile(file, 'utf8')));
}

function instant(day: string, time: string): number {
  const [days, clock] = time.startsWith('+') ? [Number(time[1]), time.slice(3)] : [0, time];
  const date = Temporal.PlainDate.from(day).add({ days });
  return local(`${date.toString()}T${clock}`);
}

function homeOf(cases: Cases, one: Case): HomeContext {
  const told = cases.cases.flatMap(({ given }) => given);
  const devices = Object.entries(one.devices ?? cases.devices).map(
    ([id, { profile, placement = profiles[profile].placement }]) => ({
      id,
      name: id,
      profile,
      placement,
      placedAt: instant(one.day, one.placed),
      tells: [
        ...capabilitiesOf(profile),
        ...told.filter(({ deviceId }) => deviceId === id).map(({ type }): EventType => type),
      ],
      silentAfterMs: silentAfterMs(profile),
    }),
  );
  return {
    id: 'home',
    municipalityId: 'municipality',
    unitId: 'unit',
    timeZone,
    flags: one.flags ?? cases.flags,
    devices,
  };
}

function logOf({ day, given }: Case): LogEntry[] {
  return given.map(({ time, deviceId, type, data }, index) => ({
    municipalityId: 'municipality',
    homeId: 'home',
    deviceId,
    id: `e${index}`,
    type,
    at: instant(day, time),
    receivedAt: instant(day, time),
    data,
  }));
}

/** What an alert is to a case: when, which need, how severe, and what has become of it. */
export interface Outcome {
  at: number;
  need: string;
  severity: Severity;
  cleared: number | null;
  left: boolean;
  held: boolean;
}

/** What a case says that its alerts are. */
export function expectedOf({ day, gives }: Case, ruleId: string): Outcome[] {
  return gives.map(({ rule = ruleId, at, severity, device, cleared, left, held }) => ({
    at: instant(day, at),
    need: device === undefined ? rule : `${rule}/${device}`,
    severity,
    cleared: cleared === undefined ? null : instant(day, cleared),
    left: left === true,
    held: held === true,
  }));
}

/** The alerts that a case really gives, while nobody answers them. */
export function outcomesOf(cases: Cases, one: Case, rules: readonly Rule[]): Outcome[] {
  const alerts = new Map<string, Alert>();
  let id = 0;
  const evaluation = openEvaluation({
    contexts: [{ from: -Infinity, context: homeOf(cases, one) }],
    rules: compileRules(rules),
    terms: staffedTerms(() => `alert-${(id += 1)}`),
    changed: (alert) => alerts.set(alert.id, alert),
    handledAfterMs: one.handledAfter ?? null,
  });
  evaluation.wake(instant(one.day, one.placed));
  for (const entry of logOf(one)) {
    evaluation.passUntil(entry.receivedAt);
    evaluation.take(entry);
  }
  evaluation.passTime(instant(one.day, one.until));
  return [...alerts.values()].map(
    ({ raisedAt, need, severity, clearedAt, state, inhibitedBy }) => ({
      at: raisedAt,
      need,
      severity,
      cleared: clearedAt,
      left: state === 'resolved' && one.handledAfter === undefined,
      held: inhibitedBy !== null,
    }),
  );
}
