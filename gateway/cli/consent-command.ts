import type { Command } from 'commander';

import { purposes } from '../domain/consent.ts';
import type { ConsentGiven, HomeConsent } from '../services/onboarding.ts';
import { epochMs, timeExample } from './add-command.ts';
import { type CommandContext, withTools } from './context.ts';

interface Given {
  home: string;
  resident?: string;
  purpose: string;
  from?: number;
}

/** What those who live in a home agree to; a gateway that runs notices at once. Each prints JSON. */
export function consentCommands(program: Command, context: CommandContext): void {
  const group = program
    .command('consent')
    .description('What those who live in a home have agreed to');
  const answer = (homeId: string, consent: HomeConsent) =>
    context.print(`${JSON.stringify({ homeId, ...shown(consent) })}\n`);

  withWhose(group.command('give'))
    .description('Register that they agree, everybody who lives there unless one is named.')
    .option('--from <time>', `since when, such as ${timeExample}; by default now`, epochMs)
    .action((given: Given) =>
      withTools(context, async ({ onboarding }) => {
        const from = given.from === undefined ? {} : { from: given.from };
        answer(given.home, await onboarding.giveConsent({ ...whoseOf(given), ...from }));
      }),
    );

  withWhose(group.command('withdraw'))
    .description('Register that they agree no longer. It ends now.')
    .action((given: Given) =>
      withTools(context, async ({ onboarding }) =>
        answer(given.home, await onboarding.withdrawConsent(whoseOf(given))),
      ),
    );

  group
    .command('list')
    .description('Who lives in a home, and what each has agreed to and when.')
    .requiredOption('--home <id>')
    .action(({ home }: { home: string }) =>
      withTools(context, async ({ onboarding }) => answer(home, await onboarding.consent(home))),
    );
}

function withWhose(command: Command): Command {
  return command
    .requiredOption('--home <id>')
    .option('--resident <id>', 'one who lives there, by the id that `consent list` shows')
    .requiredOption('--purpose <purposes>', `of ${purposes.join(',')}; several with commas`);
}

function whoseOf({ home, resident, purpose }: Given): ConsentGiven {
  const whose = resident === undefined ? {} : { residentId: resident };
  return { homeId: home, ...whose, purposes: purpose.split(',').map((one) => one.trim()) };
}

function shown({ residents, consents, inForce }: HomeConsent) {
  return {
    inForce,
    residents: residents.map((resident) => ({
      ...resident,
      consents: consents
        .filter(({ residentId }) => residentId === resident.id)
        .map(({ purpose, from, until }) => ({
          purpose,
          from: timeOf(from),
          until: until === null ? null : timeOf(until),
        })),
    })),
  };
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
