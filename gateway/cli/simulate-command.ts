import { readFile } from 'node:fs/promises';

import { type Command, InvalidArgumentError } from 'commander';

import { Fleet } from '../../simulators/fleet.ts';
import { endAt, type LogFormat, readLog } from '../../simulators/replay/read-log.ts';
import { scenarioNames } from '../../simulators/scenario.ts';
import { mqttUrlOf, publicUrlOf, readConfig } from '../config.ts';
import { AppError } from '../domain/errors.ts';
import type { CommandContext } from './context.ts';
import { readMapping } from './read-mapping.ts';

const fleetHelp =
  'JSON file { homes: [{ id, timeZone, devices: [{ id, secret, profile, placement }], hubs?: [{ id, secret, speaks, devices: [{ address, name, model, placement }] }] }] }';

/** The commands that speak to a running gateway as devices do. */
export function simulateCommands(program: Command, context: CommandContext): void {
  const { environment, print, signal } = context;
  const clock = Date.now;
  const log = (message: string, fields: Record<string, unknown>) =>
    print(`${message} ${JSON.stringify(fields)}\n`);

  program
    .command('simulate')
    .description('Let virtual homes live against a gateway.')
    .requiredOption('--fleet <file>', fleetHelp)
    .option('--scenario <name>', `one of ${scenarioNames().join(', ')}`, 'everyday')
    .option('--seed <text>', 'the same seed gives the same days', '1')
    .option('--speed <n>', 'times as fast as real time', positive, 1)
    .option('--homes <n>', 'only the first so many homes', positive)
    .option('--try', 'press, open and wet what stands behind hubs without a placement')
    .option('--mqtt <url>', 'the gateway; by default the one configured here')
    .option('--http <url>', 'where network servers send to; by default the one configured here')
    .action(
      async (given: {
        fleet: string;
        try?: true;
        http?: string;
        scenario: string;
        seed: string;
        speed: number;
        homes?: number;
        mqtt?: string;
      }) => {
        const { mqtt, http, try: isTried = false, fleet: file, ...rest } = given;
        const fleet = await readFleet(file);
        const { simulate } = await import('../../simulators/simulate.ts');
        await simulate({
          ...rest,
          fleet,
          mqttUrl: mqtt ?? mqttUrlOf(readConfig(environment)),
          httpUrl: http ?? publicUrlOf(readConfig(environment)),
          mayTry: async () => isTried,
          signal,
          clock,
          log,
        });
      },
    );

  program
    .command('replay')
    .description('Send a recorded log as if it happened.')
    .argument('<file>', 'the log')
    .requiredOption('--format <format>', 'casas or uci', oneFormat)
    .requiredOption('--mapping <file>', 'YAML: from sensors to devices and types of events')
    .requiredOption('--fleet <file>', fleetHelp)
    .option('--speed <n>', 'times as fast as recorded, or max', speedOf, 'max')
    .option('--keep-times', 'leave the times as recorded, instead of letting the log end now')
    .option('--mqtt <url>', 'the gateway; by default the one configured here')
    .action(
      async (
        file: string,
        given: {
          format: LogFormat;
          mapping: string;
          fleet: string;
          speed: number | 'max';
          keepTimes?: true;
          mqtt?: string;
        },
      ) => {
        const mapping = await readMapping(given.mapping);
        const { events, skipped } = readLog(await readFile(file, 'utf8'), given.format, mapping);
        for (const { line, reason } of skipped) print(`Line ${line} is left out: ${reason}\n`);
        const { replay } = await import('../../simulators/replay/replay.ts');
        const stats = await replay({
          mqttUrl: given.mqtt ?? mqttUrlOf(readConfig(environment)),
          fleet: await readFleet(given.fleet),
          events: given.keepTimes === true ? events : endAt(events, clock()),
          speed: given.speed,
          signal,
          clock,
          log,
        });
        print(`${JSON.stringify(stats)}\n`);
      },
    );
}

async function readFleet(file: string): Promise<Fleet> {
  const fleet = Fleet.safeParse(parseJson(await readFile(file, 'utf8')));
  if (fleet.success) return fleet.data;
  throw new AppError('invalid', `${file} is no fleet: it must be a ${fleetHelp}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('Give a number above 0.');
}

function speedOf(text: string): number | 'max' {
  return text === 'max' ? text : positive(text);
}

function oneFormat(text: string): LogFormat {
  if (text === 'casas' || text === 'uci') return text;
  throw new InvalidArgumentError('Write casas or uci.');
}
