import type { Command } from 'commander';

import { readConfig } from '../config.ts';
import type { CommandContext } from './context.ts';

export function serveCommand(
  program: Command,
  { environment, print, signal }: CommandContext,
): void {
  program
    .command('serve')
    .description('Run the gateway: broker, rules, alerts and dashboard.')
    .action(async () => {
      // Loaded when needed: a command that adds a home does not wait for a web server.
      const { createGateway } = await import('../gateway.ts');
      const gateway = createGateway(readConfig(environment));
      const { publicUrl, mqttUrl } = await gateway.start();
      print(`Vaka answers at ${publicUrl} and listens at ${mqttUrl}.\n`);
      await aborted(signal);
      await gateway.stop();
    });
}

/** Resolves when somebody asks the process to end. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
}
