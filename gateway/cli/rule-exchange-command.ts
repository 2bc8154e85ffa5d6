import { writeFile } from 'node:fs/promises';

import type { Command } from 'commander';
import { createTwoFilesPatch } from 'diff';

import { AppError } from '../domain/errors.ts';
import { type RuleImportPreview, RulePackage } from '../protocol/rule/rule-api.ts';
import type { CommandContext } from './context.ts';
import { readText, type RuleCommand, withDesk } from './rule-tools.ts';

interface ImportOptions extends RuleCommand {
  reason?: string;
  yes?: true;
  only?: string[];
}

/** The commands that pass rules from one municipality to another. */
export function ruleExchangeCommands(group: Command, context: CommandContext): void {
  group
    .command('export')
    .description('Write rules to a file that the municipality signs.')
    .requiredOption('--municipality <id>')
    .requiredOption('--out <file>')
    .option('--only <rules>', 'such as fall,smoke; by default all that are on', list)
    .action((given: RuleCommand & { out: string; only?: string[] }) =>
      withDesk(context, given, async ({ desk, editor }) => {
        const rules = await desk.exportRules(editor, given.only ?? null);
        await writeFile(given.out, `${JSON.stringify(rules, null, 2)}\n`);
        context.print(`${JSON.stringify({ file: given.out, rules: rules.rules.length })}\n`);
      }),
    );

  group
    .command('import')
    .description('Show what a signed file would change; with --yes or --only, change it.')
    .argument('<file>')
    .requiredOption('--municipality <id>')
    .option('--reason <text>', 'why, in a few words; it is kept with the change')
    .option('--author <address>', 'the e-mail address of the coordinator whose change it is')
    .option('--yes', 'put all of it in force')
    .option('--only <rules>', 'put these in force, such as fall,smoke', list)
    .action((file: string, given: ImportOptions) => importRules(context, file, given));
}

async function importRules(
  context: CommandContext,
  file: string,
  given: ImportOptions,
): Promise<void> {
  const rules = parsePackage(file, await readText(file));
  await withDesk(context, given, async ({ desk, editor }) => {
    const preview = await desk.previewImport(editor, rules);
    context.print(printable(textOf(preview)));
    const ids = given.only ?? (given.yes === true ? preview.rules.map(({ id }) => id) : null);
    if (ids === null || ids.length === 0) {
      context.print(
        'Nothing was changed. Give --yes, or --only and some of the rules, to do so.\n',
      );
      return;
    }
    if (given.reason === undefined)
      throw new AppError('invalid', 'Say why, in a few words, with --reason.');
    await desk.importRules(editor, { package: rules, ids, reason: given.reason });
    const changed = preview.rules.filter(({ id, change }) => change !== 'same' && ids.includes(id));
    context.print(`${JSON.stringify({ imported: changed.map(({ id }) => id) })}\n`);
  });
}

function parsePackage(file: string, text: string): RulePackage {
  try {
    return RulePackage.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('invalid', `${file} is no file of rules that somebody has exported.`, {
      cause,
    });
  }
}

function textOf({ municipality, exportedAt, fingerprint, isKnownKey, rules }: RuleImportPreview) {
  const known = isKnownKey ? 'known from before' : 'NOT known: compare it by telephone';
  const head = [
    `From ${municipality.name} (${municipality.id}), ${new Date(exportedAt).toISOString()}`,
    `Key ${fingerprint}`,
    `    ${known}`,
  ];
  const parts = rules.map(({ id, change, before, after }) =>
    change === 'same'
      ? `${id}: the same\n`
      : `${id}: ${change}\n${createTwoFilesPatch(`${id} now`, `${id} then`, before ?? '', after)}`,
  );
  return `${head.join('\n')}\n\n${parts.join('\n')}\n`;
}

/** What others wrote must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '\uFFFD');
}

function list(text: string): string[] {
  return text.split(',').filter((id) => id !== '');
}
