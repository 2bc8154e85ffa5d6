import * as buf from '@bufbuild/cel';
import { Environment } from '@marcbachmann/cel-js';

import type { Event } from '../../gateway/domain/event.ts';
import type { HomeContext, HomeDevice } from '../../gateway/domain/home/home-context.ts';
import { compileWhere } from '../../gateway/domain/home/where.ts';
import { median } from './quantile.ts';

export const expressions = [
  "device.placement == 'entrance'",
  "event.type == 'battery.low' || event.data.percent <= parameter.percent",
  "'may-wander' in resident.flags && device.placement == 'entrance'",
  'event.data.celsius < 16.0 || event.data.celsius > 28.0',
  "has(event.data.confidence) && event.data.confidence >= 0.8 && device.profile != 'hub'",
  'event.data.missing <= 15.0',
] as const;

const device: HomeDevice = {
  id: 'device-1',
  name: 'Door',
  profile: 'door-contact',
  placement: 'entrance',
  placedAt: 0,
  tells: [],
  silentAfterMs: null,
};
const home: HomeContext = {
  id: 'home-1',
  municipalityId: 'municipality-1',
  unitId: 'unit-1',
  timeZone: 'Europe/Stockholm',
  flags: ['fall-risk', 'may-wander'],
  devices: [device],
};
const events: readonly Event[] = Array.from({ length: 64 }, (_, index) => ({
  id: `event-${index}`,
  deviceId: device.id,
  type: 'battery.measured',
  at: 1_700_000_000_000 + index,
  receivedAt: 1_700_000_000_000 + index,
  data: { percent: index, celsius: index / 2, confidence: index / 64 },
}));
const parameters = { percent: 15 };

/** What each evaluator is given for an event, made anew as its documentation shows. */
function variablesOf(event: Event) {
  return {
    event: { id: event.id, type: event.type, at: event.at, data: event.data },
    device: { id: device.id, profile: device.profile, placement: device.placement },
    home: { id: home.id, timeZone: home.timeZone },
    resident: { flags: home.flags },
    parameter: parameters,
  };
}

const environment = new Environment()
  .registerVariable({
    name: 'event',
    schema: { id: 'string', type: 'string', at: 'double', data: 'map<string, dyn>' },
  })
  .registerVariable({
    name: 'device',
    schema: { id: 'string', profile: 'string', placement: 'string' },
  })
  .registerVariable({ name: 'home', schema: { id: 'string', timeZone: 'string' } })
  .registerVariable({ name: 'resident', schema: { flags: 'list<string>' } })
  .registerVariable({ name: 'parameter', schema: { percent: 'double' } });
const bufEnvironment = buf.celEnv();

type Judge = (event: Event) => unknown;

/** From text to something that judges events; `where` and cel-js check types on the way, the other cannot. */
const compilers: Readonly<Record<string, (expression: string) => Judge>> = {
  '@bufbuild/cel': (expression) => {
    const program = buf.plan(bufEnvironment, buf.parse(expression));
    return (event) => program(variablesOf(event) as unknown as Record<string, buf.CelInput>);
  },
  '@marcbachmann/cel-js': (expression) => {
    const program = environment.parse(expression);
    if (!program.check().valid) throw new Error(`${expression} does not type-check.`);
    return (event) => {
      try {
        return program(variablesOf(event)) as unknown;
      } catch {
        return null;
      }
    };
  },
  'our `where` (cel-js)': (expression) => {
    const where = compileWhere(expression, parameters);
    return (event) => where(event, device, home);
  },
};

export const compilerNames = Object.keys(compilers);

export interface Speed {
  expression: string;
  /** Median nanoseconds of one evaluation and of one compilation, of each in the order of their names. */
  evaluateNs: readonly number[];
  compileNs: readonly number[];
}

/** All in one process, turn by turn, so that what disturbs one disturbs the others too. */
export function measureSpeed(rounds: number, roundMs: number): readonly Speed[] {
  return expressions.map((expression) => {
    const judges = Object.values(compilers).map((compile) => compile(expression));
    return {
      expression,
      evaluateNs: inTurns(
        rounds,
        roundMs,
        judges.map((judge) => () => events.forEach(judge)),
      ).map((ns) => ns / events.length),
      compileNs: inTurns(
        rounds,
        roundMs / 4,
        Object.values(compilers).map((compile) => () => compile(expression)),
      ),
    };
  });
}

function inTurns(rounds: number, roundMs: number, works: readonly (() => unknown)[]): number[] {
  const measured = works.map((): number[] => []);
  for (const work of works) timeOf(work, roundMs / 2);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, work] of works.entries()) measured[index]?.push(timeOf(work, roundMs));
  return measured.map(median);
}

/** Nanoseconds of one run, on average over this long. */
function timeOf(work: () => unknown, forMs: number): number {
  const begun = performance.now();
  let runs = 0;
  while (performance.now() - begun < forMs) {
    for (let times = 0; times < 20; times += 1) work();
    runs += 20;
  }
  return ((performance.now() - begun) * 1e6) / runs;
}
