#!/usr/bin/env node
import { text } from 'node:stream/consumers';

import { Command } from 'commander';

import { addCommands } from './cli/add-command.ts';
import { backtestCommand } from './cli/backtest-command.ts';
import { consentCommands } from './cli/consent-command.ts';
import type { CommandContext } from './cli/context.ts';
import { costsCommands } from './cli/costs-command.ts';
import { demoCommand } from './cli/demo-command.ts';
import { ruleCommands } from './cli/rule-command.ts';
import { serveCommand } from './cli/serve-command.ts';
import { simulateCommands } from './cli/simulate-command.ts';
import { telemetryCommands } from './cli/telemetry-command.ts';
import { tuneCommand } from './cli/tune-command.ts';
import { Variables } from './config.ts';
import { AppError } from './domain/errors.ts';

const neededNode = 26;
/** How long we wait for a password that nobody may be piping in. */
const inputPatienceMs = 300;

async function main(): Promise<void> {
  const node = Number(process.versions.node.split('.')[0]);
  if (node < neededNode) {
    throw new AppError(
      'invalid',
      `Vaka needs Node ${neededNode}, and this is ${process.version}. Run it as \`npm run vaka -- …\` after \`npm ci\`, or install Node ${neededNode}.`,
    );
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());
  // Whoever pipes into `head` has read enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    ending.abort();
  });
  const context: CommandContext = {
    environment: process.env,
    print: (words) => process.stdout.write(words),
    warn: (words) => process.stderr.write(words),
    readInput,
    signal: ending.signal,
    ...(process.stderr.isTTY ? { progress: showProgress } : {}),
  };
  const program = new Command('vaka')
    .description('From a sensor in a home to a carer who answers.')
    .addHelpText('after', environmentHelp());
  serveCommand(program, context);
  demoCommand(program, context);
  addCommands(program, context);
  consentCommands(program, context);
  costsCommands(program, context);
  ruleCommands(program, context);
  simulateCommands(program, context);
  backtestCommand(program, context);
  tuneCommand(program, context);
  telemetryCommands(program, context);
  await program.parseAsync();
}

/** On one line, which the next overwrites. */
function showProgress(words: string): void {
  process.stderr.write(`\r\u001B[K${words}`);
}

function environmentHelp(): string {
  const lines = Object.entries(Variables.shape).map(
    ([name, { description }]) => `  ${name.padEnd(19)} ${description ?? ''}`,
  );
  return `\nEnvironment:\n${lines.join('\n')}\n`;
}

async function readInput(): Promise<string | null> {
  if (process.stdin.isTTY) return null;
  const patience = AbortSignal.timeout(inputPatienceMs);
  const { promise, resolve } = Promise.withResolvers<null>();
  const giveUp = () => {
    process.stdin.destroy();
    resolve(null);
  };
  patience.addEventListener('abort', giveUp);
  process.stdin.once('data', () => patience.removeEventListener('abort', giveUp));
  return Promise.race([text(process.stdin).catch(() => null), promise]);
}

function explain(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { code, port, path } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port ?? ''} is taken, perhaps by another Vaka. End that one, or set VAKA_HTTP_PORT or VAKA_MQTT_PORT to another port (0: any free one).`;
  }
  if (code === 'ENOENT' && path !== undefined) {
    return `There is no file ${path}. Check the path, and that you are in the right folder.`;
  }
  if (code === 'EISDIR') return 'That is a folder, and a file is needed. Check the path.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
