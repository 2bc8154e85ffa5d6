import { argv, exit, memoryUsage, stdout, threadCpuUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { z } from 'zod';

import { dialects } from '../../gateway/dialects/list.ts';
import type { Dialect, Interpretation, Json, Memory } from '../../gateway/domain/dialect.ts';
import { catalogue, isEventType } from '../../gateway/protocol/catalogue.ts';
import { DeviceProfile } from '../../gateway/protocol/device/device-profile.ts';
import { createDice, type Message, mutate } from './mutate.ts';
import { seeds } from './seed.ts';

/**
 * Feeds every dialect with messages gone wrong: `node test/fuzz/dialect-fuzz.ts [cases] [seed] [dialect]`. Fails when
 * one throws, or tells something that the catalogue does not allow.
 */
const [, , caseCount = '100000', seedText = '1', only] = argv;
const cases = Number(caseCount);
const receivedAt = Date.UTC(2026, 10, 22, 12);
/** So much of what is remembered is kept on; a hub has so many devices and no more. */
const maxKeys = 500;

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

function heapMiB(): number {
  if (typeof collect === 'function') collect();
  return memoryUsage().heapUsed / 2 ** 20;
}

interface Tally {
  readings: number;
  refused: number;
  throws: number;
  faults: number;
  slowestMs: number;
}

// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u001f\u007f]/;

const id = z.string().min(1).max(128).nullable();
const text = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .refine((one) => !control.test(one));
const address = text(200).min(1);

/** What everybody who is told may rely on. */
const Told = z.object({
  readings: z
    .array(
      z
        .object({ id, type: z.string(), time: z.number().nullable(), source: address.optional() })
        .and(z.object({ data: z.record(z.string(), z.unknown()) }))
        .refine(
          ({ type, data }) => isEventType(type) && catalogue[type].data.safeParse(data).success,
        ),
    )
    .max(5_000),
  refused: z.array(z.string().max(1_000)),
  found: z
    .array(z.object({ address, label: text(200), profile: DeviceProfile.nullable() }))
    .optional(),
  notUnderstood: z
    .array(z.object({ source: address.optional(), what: text(100), example: text(200) }))
    .optional(),
});

/** Why what was told must not be; null when it may. */
function faultOf(told: Interpretation): string | null {
  const { error } = Told.safeParse(told);
  return error === undefined ? null : z.prettifyError(error);
}

function show({ topic, payload }: Message): string {
  return `${JSON.stringify(topic)} ${JSON.stringify(new TextDecoder().decode(payload.slice(0, 600)))}`;
}

function fuzz(dialect: Dialect): Tally {
  const dice = createDice(Number(seedText));
  const own = seeds[dialect.name];
  const others = Object.values(seeds).flat();
  const remembered = new Map<string, Json>();
  const tally: Tally = { readings: 0, refused: 0, throws: 0, faults: 0, slowestMs: 0 };
  for (let at = 0; at < cases; at += 1) {
    const seed = own[at % own.length];
    if (seed === undefined) break;
    const message = mutate(seed, others, dice);
    if (!dialect.speaks(message.topic)) continue;
    const memory = dice() < 0.02 ? oddMemory(dice) : remembered;
    const told = tryRead(dialect, message, memory, receivedAt + at * 1_000, tally);
    for (const [key, value] of told?.remember ?? []) keep(remembered, key, value);
    if (remembered.size > maxKeys) remembered.clear();
  }
  return tally;
}

/** As the store keeps it. */
function keep(remembered: Map<string, Json>, key: string, value: Json | null): void {
  if (value === null) remembered.delete(key);
  else remembered.set(key, JSON.parse(JSON.stringify(value)) as Json);
}

/** Time of the processor and not of the clock, which others use up too; in milliseconds. */
function cpuMs(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1_000;
}

function tryRead(
  dialect: Dialect,
  message: Message,
  memory: Memory,
  at: number,
  tally: Tally,
): Interpretation | null {
  const began = cpuMs();
  try {
    const said = { ...message, receivedAt: at, timeZone: 'Europe/Stockholm' };
    const told = dialect.read(said, memory);
    tally.slowestMs = Math.max(tally.slowestMs, cpuMs() - began);
    tally.readings += told.readings.length;
    tally.refused += told.refused.length;
    const fault = faultOf(told);
    if (fault === null) return told;
    tally.faults += 1;
    if (tally.faults <= 5) stdout.write(`${dialect.name}: ${fault} from ${show(message)}\n`);
    return told;
  } catch (error) {
    tally.throws += 1;
    const where = error instanceof Error ? error.stack : String(error);
    if (tally.throws <= 5) stdout.write(`${dialect.name}: ${where} from ${show(message)}\n`);
    return null;
  }
}

const oddMemories: readonly Json[] = [
  null,
  true,
  0,
  -1,
  '',
  'x',
  [],
  {},
  [[[]]],
  { states: [], at: 'x', heard: 7 },
];

/** As another release, or nobody, would have left it. */
function oddMemory(dice: () => number): Memory {
  return { get: () => oddMemories[Math.floor(dice() * (oddMemories.length + 1))] };
}

let isWrong = false;
for (const dialect of dialects) {
  if (only !== undefined && dialect.name !== only) continue;
  const before = heapMiB();
  const began = performance.now();
  const { readings, refused, throws, faults, slowestMs } = fuzz(dialect);
  const seconds = (performance.now() - began) / 1_000;
  const after = heapMiB();
  stdout.write(
    `${dialect.name}: ${cases} cases in ${seconds.toFixed(1)} s, ${readings} readings, ${refused} refusals, ` +
      `${throws} throws, ${faults} faults, slowest ${slowestMs.toFixed(1)} ms of processor, ` +
      `heap ${before.toFixed(1)} MiB before, ${after.toFixed(1)} MiB after\n`,
  );
  isWrong ||= throws > 0 || faults > 0;
}
exit(isWrong ? 1 : 0);
