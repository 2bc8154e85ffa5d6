import type { Command } from 'commander';

import { AppError } from '../domain/errors.ts';
import { Override } from '../protocol/rule/override.ts';
import { readRules } from '../protocol/rule/read-rule.ts';
import type { RuleDetail, RuleView } from '../protocol/rule/rule-api.ts';
import { checkRules } from '../services/check-rules.ts';
import type { CommandContext } from './context.ts';
import { ruleExchangeCommands } from './rule-exchange-command.ts';
import { lineOf, readLibraryRules, readText, type RuleCommand, withDesk } from './rule-tools.ts';

interface Change extends RuleCommand {
  reason: string;
}

/** The commands about the rules of a municipality. A running server notices what they change. */
export function ruleCommands(program: Command, context: CommandContext): void {
  const group = program.command('rules').description('The rules of a municipality');
  const answer = ({ id, version, isOn }: RuleDetail) =>
    context.print(`${JSON.stringify({ rule: id, version, isOn })}\n`);

  group
    .command('list')
    .requiredOption('--municipality <id>')
    .action((given: RuleCommand) =>
      withDesk(context, given, async ({ desk, editor }) => {
        const { items } = await desk.list(editor);
        context.print(items.map(lineAbout).join(''));
      }),
    );

  group
    .command('show')
    .description('A rule as it is now, and all that it has been.')
    .argument('<rule>')
    .requiredOption('--municipality <id>')
    .action((id: string, given: RuleCommand) =>
      withDesk(context, given, async ({ desk, editor }) =>
        context.print(textOf(await desk.rule(editor, id))),
      ),
    );

  group
    .command('check')
    .description('What is wrong in a file of rules, as file:line:column.')
    .argument('<file>')
    .option('--municipality <id>', 'beside whose rules; by default beside those of the library')
    .action(async (file: string, { municipality }: Partial<RuleCommand>) => {
      const text = await readText(file);
      const { problems, warnings } =
        municipality === undefined
          ? checkRules(text, await readLibraryRules())
          : await withDesk(context, { municipality }, ({ desk, editor }) =>
              desk.check(editor, text),
            );
      for (const problem of problems) context.print(lineOf(file, problem));
      for (const warning of warnings)
        context.print(lineOf(file, { ...warning, message: `warning: ${warning.message}` }));
      if (problems.length > 0)
        throw new AppError('invalid', `${file} cannot be used: ${problems.length} problem(s).`);
      context.print(`${file} can be used.\n`);
    });

  changing(group, 'activate', 'Put the rules of a file in force, each as a new version.')
    .argument('<file>')
    .action((file: string, given: Change) => activate(context, file, given, answer));

  for (const [name, isOn] of [
    ['off', false],
    ['on', true],
  ] as const) {
    changing(group, name, isOn ? 'Let a rule hold again.' : 'Let a rule hold no more.')
      .argument('<rule>')
      .action((id: string, given: Change) =>
        withDesk(context, given, async ({ desk, editor }) => {
          const { source, version: basedOn } = await desk.rule(editor, id);
          const { reason } = given;
          answer(await desk.activate(editor, id, { source, isOn, reason, basedOn }));
        }),
      );
  }

  overrideCommand(group, context, answer);
  ruleExchangeCommands(group, context);
}

function changing(group: Command, name: string, description: string): Command {
  return group
    .command(name)
    .description(description)
    .requiredOption('--municipality <id>')
    .requiredOption('--reason <text>', 'why, in a few words; it is kept with the change')
    .option('--author <address>', 'the e-mail address of the coordinator whose change it is');
}

/** All of the file or nothing: what is wrong in one of its rules is found before any is put in force. */
function activate(
  context: CommandContext,
  file: string,
  given: Change,
  answer: (rule: RuleDetail) => void,
): Promise<void> {
  return withDesk(context, given, async ({ desk, editor, newest }) => {
    const text = await readText(file);
    const { problems } = await desk.check(editor, text);
    const read = readRules(text);
    if (!read.ok || problems.length > 0)
      throw new AppError(
        'invalid',
        problems
          .map((one) => lineOf(file, one))
          .join('')
          .trimEnd(),
      );
    const [first, ...others] = read.rules;
    for (const { rule, source: alone } of read.rules) {
      // One rule is kept as it was written, with what stands above it.
      const source = others.length === 0 && first?.rule === rule ? text : alone;
      const basedOn = await newest(rule.id);
      const change = { source, isOn: true, reason: given.reason, basedOn };
      answer(await desk.activate(editor, rule.id, change));
    }
  });
}

interface OverrideOptions extends Change {
  home: string;
  set: string[];
  from?: string;
  to?: string;
  off?: true;
  takeBack?: true;
}

function overrideCommand(
  group: Command,
  context: CommandContext,
  answer: (rule: RuleDetail) => void,
): void {
  changing(group, 'override', 'Give a home values of its own in a rule, or take them back.')
    .argument('<rule>')
    .requiredOption('--home <id>')
    .option(
      '--set <name=value>',
      'such as for=5m or count.times=4; may be given again',
      collect,
      [],
    )
    .option('--from <time>', 'with --to: the hours in which it holds there, such as 23:00')
    .option('--to <time>')
    .option('--off', 'the rule does not hold there')
    .option('--take-back', 'the home has nothing of its own in it any more')
    .action((ruleId: string, given: OverrideOptions) =>
      withDesk(context, given, async ({ desk, editor }) => {
        const { home: homeId, reason } = given;
        const change = { override: given.takeBack === true ? null : overrideOf(given), reason };
        answer(await desk.override(editor, { ruleId, homeId }, change));
      }),
    );
}

function overrideOf({ set, from, to, off }: OverrideOptions): Override {
  const values = Object.fromEntries(set.map(settingOf));
  const parsed = Override.safeParse({
    ...(off === true ? { off } : {}),
    ...(set.length === 0 ? {} : { values }),
    ...(from === undefined && to === undefined ? {} : { during: { from, to } }),
  });
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues.map((issue) => issue.message).join(' ');
  throw new AppError('invalid', `This cannot be a home’s own: ${message}`);
}

function settingOf(text: string): [string, string | number] {
  const [, name = '', value = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === '') throw new AppError('invalid', `"${text}" sets nothing: write it as for=5m.`);
  return [name, /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value];
}

function lineAbout({ id, version, isOn, severity, title, overrides, origin }: RuleView): string {
  const notes = [
    ...(overrides > 0 ? [`${overrides} home(s) of their own`] : []),
    ...(origin === null ? [] : [`from ${origin}`]),
  ];
  const about = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  const state = isOn ? 'on ' : 'off';
  return `${id.padEnd(32)} v${String(version).padEnd(3)} ${state} ${severity.padEnd(10)} ${title.sv}${about}\n`;
}

function textOf({ source, history, homes }: RuleDetail): string {
  const by = (author: RuleDetail['author']) => author?.name ?? 'the system';
  const time = (at: number) => new Date(at).toISOString().slice(0, 16);
  const versions = history.map(({ version, isOn, author, at, reason, origin }) => {
    const from = origin === null ? '' : `, from ${origin}`;
    return `# v${version} ${isOn ? 'on' : 'off'}, ${time(at)}Z, ${by(author)}${from}: ${reason}\n`;
  });
  const own = homes.map(
    ({ home, override, author, at, reason }) =>
      `# ${home.id}: ${JSON.stringify(override)}, ${time(at)}Z, ${by(author)}: ${reason}\n`,
  );
  return `${source.trimEnd()}\n\n${versions.join('')}${own.join('')}`;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
