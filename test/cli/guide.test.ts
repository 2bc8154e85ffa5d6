import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Command } from 'commander';
import { expect, test } from 'vitest';

import { addCommands } from '../../gateway/cli/add-command.ts';
import { ruleCommands } from '../../gateway/cli/rule-command.ts';
import { simulateCommands } from '../../gateway/cli/simulate-command.ts';
import { Variables } from '../../gateway/config.ts';
import { type Profile, profiles } from '../../gateway/protocol/profile.ts';
import { root } from '../support/run.ts';

const read = (name: string) => readFile(join(root, 'docs', name), 'utf8');

function leaves(command: Command, path: readonly string[] = []): [string, string[]][] {
  if (command.commands.length === 0) {
    return [[path.join(' '), command.options.map(({ long }) => long ?? '')]];
  }
  return command.commands.flatMap((one) => leaves(one, [...path, one.name()]));
}

test('the operator’s guide names every variable, every command and every option of it', async () => {
  const program = new Command();
  const context = {
    environment: {},
    print: () => {},
    readInput: async () => null,
    signal: new AbortController().signal,
  };
  addCommands(program, context);
  ruleCommands(program, context);
  simulateCommands(program, context);
  const lines = (await read('operator.md')).split('\n');
  for (const [command, options] of leaves(program)) {
    const line = lines.find((one) => one.startsWith(`| \`${command} `)) ?? '';
    const missing = options.filter(
      (option) => !line.includes(`${option} `) && !line.includes(`${option}]`),
    );
    expect.soft({ command, missing }).toEqual({ command, missing: [] });
  }
  const text = lines.join('\n');
  for (const name of Object.keys(Variables.shape)) expect.soft(text).toContain(`\`${name}\``);
});

test('the device’s guide tells each profile’s interval', async () => {
  const rows = (await read('device.md')).matchAll(/^\| `([\w-]+)` \| (?:(\d+) min|none)/gm);
  const told = [...rows].map(([, id, minutes]) => [
    id,
    minutes === undefined ? null : Number(minutes) * 60_000,
  ]);
  const known: [string, Profile][] = Object.entries(profiles);
  expect(told).toEqual(known.map(([id, { heartbeatMs }]) => [id, heartbeatMs]));
});
