import { randomUUID } from 'node:crypto';

import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';

import { mqttUrlOf, publicUrlOf } from '../config.ts';
import { purposes } from '../domain/consent.ts';
import { AppError } from '../domain/errors.ts';
import { Role } from '../protocol/api.ts';
import { profiles } from '../protocol/profile.ts';
import { ResidentFlag } from '../protocol/resident-flag.ts';
import { type CommandContext, signInUrl, withTools } from './context.ts';
import { identityCommands } from './identity-command.ts';
import { unitCommands } from './unit-command.ts';

export const timeExample = '2026-11-01T00:00:00+01:00';
/** What a home is entered with: that how people live is followed for years is to be asked for by itself. */
const usualPurposes = purposes.filter((purpose) => purpose !== 'statistics');
const linkMs = 24 * 3_600_000;
/** As the sign-in reads it. */
const Email = z.email().max(254);
const Time = z.iso.datetime({ offset: true });

/** The commands that bring municipalities, homes, devices and people into being; each prints JSON. */
export function addCommands(program: Command, context: CommandContext): void {
  const answer = (value: object) => context.print(`${JSON.stringify(value)}\n`);
  const group = (name: string, description: string) =>
    program.command(name).description(description);

  group('municipality', 'Municipalities')
    .command('add')
    .requiredOption('--name <name>', 'what people call it')
    .option('--id <id>', 'its id; one is made up otherwise')
    .option('--time-zone <zone>', 'IANA name', 'Europe/Stockholm')
    .action((given: { name: string; id?: string; timeZone: string }) =>
      withTools(context, async ({ onboarding }) =>
        answer({ municipalityId: await onboarding.addMunicipality(given) }),
      ),
    );

  unitCommands(group('unit', 'Units: teams of carers'), context, answer);
  addHomeCommand(group('home', 'Homes and those who live there'), context, answer);
  const devices = group('device', 'Devices and their credentials');
  addDeviceCommand(devices, context, answer);
  const authority = group(
    'authority',
    'The certificate authority that vouches for devices; made if there is none',
  );
  identityCommands({ devices, authority }, context, answer);
  addUserCommand(group('user', 'People who sign in'), context, answer);
}

type Answer = (value: object) => void;

function addHomeCommand(group: Command, context: CommandContext, answer: Answer): void {
  group
    .command('add')
    .requiredOption('--municipality <id>')
    .requiredOption('--unit <id>', 'the unit that answers for it')
    .requiredOption(
      '--label <address>',
      'what it is called on the board, such as a street and number',
    )
    .option('--id <id>')
    .option('--resident <name>', 'whom it is for; may be given again', collect, [])
    .option('--cohabitant <name>', 'who else lives there; may be given again', collect, [])
    .option(
      '--flag <flag>',
      `what the resident needs, for rules to go by: ${ResidentFlag.options.join(', ')}; may be given again`,
      collect,
      [],
    )
    .option(
      '--consent <purposes>',
      `what all who live there have agreed to: ${purposes.join(',')} or none. Without consent nothing is stored, and no alert is raised; statistics only if it is named`,
      usualPurposes.join(','),
    )
    .option(
      '--since <time>',
      `when they agreed to it, such as ${timeExample}; by default now`,
      epochMs,
    )
    .action(
      (given: {
        municipality: string;
        unit: string;
        label: string;
        id?: string;
        resident: string[];
        cohabitant: string[];
        flag: string[];
        consent: string;
        since?: number;
      }) =>
        withTools(context, async ({ onboarding }) => {
          const homeId = await onboarding.addHome({
            ...(given.id === undefined ? {} : { id: given.id }),
            ...(given.since === undefined ? {} : { since: given.since }),
            municipalityId: given.municipality,
            unitId: given.unit,
            label: given.label,
            residents: given.resident.length > 0 ? given.resident : ['Boende'],
            cohabitants: given.cohabitant,
            flags: given.flag,
            consents: given.consent === 'none' ? [] : given.consent.split(','),
          });
          answer({ homeId, consent: given.consent });
        }),
    );
}

function addDeviceCommand(group: Command, context: CommandContext, answer: Answer): void {
  group
    .command('add')
    .requiredOption('--home <id>')
    .requiredOption('--profile <profile>', `one of ${Object.keys(profiles).join(', ')}`)
    .option('--id <id>')
    .option('--name <name>')
    .option('--placement <place>', 'where in the home; by default where such a device usually is')
    .option('--since <time>', `when it was placed, such as ${timeExample}; by default now`, epochMs)
    .action(
      (given: {
        home: string;
        profile: string;
        id?: string;
        name?: string;
        placement?: string;
        since?: number;
      }) =>
        withTools(context, async ({ config, onboarding }) => {
          const { home: homeId, ...rest } = given;
          const device = await onboarding.addDevice({ ...rest, homeId });
          answer({ ...device, mqttUrl: mqttUrlOf(config) });
        }),
    );
}

function addUserCommand(group: Command, context: CommandContext, answer: Answer): void {
  group
    .command('add')
    .description('Password from standard input; without one, a sign-in link that works once.')
    .requiredOption('--email <address>')
    .addOption(new Option('--role <role>').choices(Role.options).makeOptionMandatory())
    .requiredOption('--municipality <id>')
    .option('--name <name>', 'how colleagues see it; by default what stands before the @')
    .option('--unit <id>', 'a carer’s unit; may be given again; none means all', collect, [])
    .action(
      (given: { email: string; role: Role; municipality: string; name?: string; unit: string[] }) =>
        withTools(context, async ({ config, store, signIn }) => {
          const email = given.email.trim().toLowerCase();
          if (!Email.safeParse(email).success) {
            throw new AppError(
              'invalid',
              `Nobody can sign in as "${given.email}": write an e-mail address such as amina@example.se.`,
            );
          }
          const password = (await context.readInput())?.trim() ?? '';
          if (password !== '' && password.length < 12) {
            throw new AppError('invalid', 'A password needs 12 characters or more.');
          }
          const userId = randomUUID();
          await store.registry.addUser({
            id: userId,
            municipalityId: given.municipality,
            email,
            name: given.name ?? email.split('@')[0] ?? email,
            role: given.role,
            units: given.unit,
            passwordHash: password === '' ? null : await signIn.hashPassword(password),
            at: Date.now(),
          });
          if (password !== '') {
            answer({ userId, email });
            return;
          }
          const { token } = await signIn.createLink(userId, linkMs);
          answer({ userId, email, signInUrl: signInUrl(publicUrlOf(config), token) });
        }),
    );
}

/** Reads a time with its zone as epoch milliseconds. */
export function epochMs(text: string): number {
  if (Time.safeParse(text).success) return Date.parse(text);
  throw new InvalidArgumentError(`Write a time with its zone, such as ${timeExample}.`);
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
