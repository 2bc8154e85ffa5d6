import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

import { Text } from '../gateway/protocol/text.ts';
import { Happening, What } from './happening.ts';
import { Misbehaviour } from './misbehaviour.ts';
import { Habits } from './resident.ts';

/** An ISO 8601 duration such as `PT2H30M`, read as milliseconds. */
const DurationMs = z.string().transform((text, context) => {
  try {
    return Temporal.Duration.from(text).total({ unit: 'milliseconds', relativeTo: '2000-01-01' });
  } catch {
    context.addIssue({ code: 'custom', message: `${text} is not an ISO 8601 duration.` });
    return z.NEVER;
  }
});

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/);

/** What the script does to a whole home rather than to one device. */
const homeWide = ['still', 'wander', 'offline'] as const;

/** One line of a story: what happens, and how long after the story begins. */
export const Line = Happening.extend({
  what: What.or(z.enum(homeWide)),
  after: DurationMs.default(0),
  /** How long a `still`, `wander` or `offline` lasts. */
  for: DurationMs.optional(),
  times: z.number().int().min(1).default(1),
  /** Spreads the times, and the homes, at random over so long. */
  spread: DurationMs.default(0),
});
export type Line = z.infer<typeof Line>;

/** A line of the script: at a wall-clock time of the home, or so long after the start. */
export const ScriptLine = Line.extend({
  at: LocalTime.optional(),
  /** `all` homes that can sense it, `any` one of them, or the n:th of them, counted round. */
  home: z.union([z.enum(['all', 'any']), z.number().int().min(1)]).default('all'),
});
export type ScriptLine = z.infer<typeof ScriptLine>;

/** A play for virtual homes, as data. */
export const Scenario = z.strictObject({
  title: Text,
  description: z.string(),
  /** A wall-clock time of the homes, or now. */
  start: LocalTime.or(z.literal('now')),
  /** Absent: until it is stopped. */
  duration: DurationMs.optional(),
  /** How many homes take part; absent: all of the fleet. */
  homes: z.number().int().min(1).optional(),
  habits: Habits.prefault({}),
  script: z.array(ScriptLine).default([]),
  /** New calls for ever, each one of the stories in a home that can tell it. */
  calls: z
    .strictObject({
      firstAfter: DurationMs,
      every: z.tuple([DurationMs, DurationMs]),
      stories: z.array(z.array(Line).min(1)).min(1),
    })
    .optional(),
  misbehaviour: Misbehaviour.prefault({}),
});
export type Scenario = z.infer<typeof Scenario>;

const folder = join(import.meta.dirname, 'scenario');

/** The names that `readScenario` takes, in alphabetical order. */
export function scenarioNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}

export function readScenario(name: string): Scenario {
  if (!scenarioNames().includes(name)) {
    throw new Error(`There is no scenario ${name}. There are: ${scenarioNames().join(', ')}.`);
  }
  return parseScenario(readFileSync(join(folder, `${name}.yaml`), 'utf8'));
}

/** Reads a scenario of one's own; throws what zod or the YAML parser says of a faulty one. */
export function parseScenario(yaml: string): Scenario {
  return Scenario.parse(parse(yaml));
}
