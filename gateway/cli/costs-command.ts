import type { Command } from 'commander';

import { AppError } from '../domain/errors.ts';
import { type CommandContext, withTools } from './context.ts';

interface Given {
  municipality: string;
}

/** Which municipalities share the cost of the service, and so see what each other uses. */
export function costsCommands(program: Command, context: CommandContext): void {
  const group = program
    .command('costs')
    .description('Municipalities that share costs, and show each other what they use');
  const answer = (value: object) => context.print(`${JSON.stringify(value)}\n`);

  group
    .command('join')
    .description('Share costs from now on: what it uses, also before, is shown to the others.')
    .requiredOption('--municipality <id>')
    .action(({ municipality: id }: Given) =>
      withTools(context, async ({ store: { usage } }) => {
        if ((await usage.municipality(id)) === null) {
          throw new AppError('not-found', `There is no municipality "${id}".`);
        }
        const changed = await usage.join(id, Date.now());
        answer({ municipalityId: id, sharesCosts: true, changed });
      }),
    );

  group
    .command('leave')
    .description('Share costs no longer: nothing that it uses is shown to others.')
    .requiredOption('--municipality <id>')
    .action(({ municipality: id }: Given) =>
      withTools(context, async ({ store: { usage } }) => {
        const changed = await usage.leave(id);
        answer({ municipalityId: id, sharesCosts: false, changed });
      }),
    );

  group
    .command('list')
    .description('Who share costs, and since when.')
    .action(() =>
      withTools(context, async ({ store: { usage } }) => {
        for (const { id, name, joinedAt } of await usage.members()) {
          const since = new Date(joinedAt).toISOString();
          answer({ municipalityId: id, name, since });
        }
      }),
    );
}
