import { type Command, Option } from 'commander';

import { AppError } from '../domain/errors.ts';
import { DutyRule, UnitInput, UnitKind } from '../protocol/duty/unit.ts';
import { type CommandContext, withTools } from './context.ts';

interface NewUnit {
  municipality: string;
  name: string;
  id?: string;
  kind: UnitInput['kind'];
  duty: UnitInput['duty'];
  endpoint?: string;
}

/** How units come into being, and which other municipalities they serve. */
export function unitCommands(
  group: Command,
  context: CommandContext,
  answer: (value: object) => void,
): void {
  group
    .command('add')
    .requiredOption('--municipality <id>')
    .requiredOption('--name <name>')
    .option('--id <id>')
    .addOption(
      new Option('--kind <kind>', 'a team of carers, or an alarm centre outside the system')
        .choices(UnitKind.options)
        .default('team'),
    )
    .addOption(
      new Option('--duty <duty>', 'whether its carers check in, or always count as on duty')
        .choices(DutyRule.options)
        .default('always'),
    )
    .option('--endpoint <id>', 'the webhook by which an alarm centre is reached')
    .action((given: NewUnit) =>
      withTools(context, async ({ onboarding, store }) => {
        const { municipality: municipalityId, id: wanted, endpoint, name, kind, duty } = given;
        const read = UnitInput.safeParse({
          name,
          kind,
          duty,
          endpointId: endpoint ?? null,
          serves: [],
        });
        if (!read.success) {
          throw new AppError('invalid', read.error.issues.map(({ message }) => message).join(' '));
        }
        const hook = endpoint === undefined ? null : await store.staffing.endpoint(endpoint);
        if (endpoint !== undefined && hook?.municipalityId !== municipalityId) {
          throw new AppError(
            'not-found',
            `There is no endpoint "${endpoint}" in "${municipalityId}".`,
          );
        }
        const named = wanted === undefined ? { name } : { id: wanted, name };
        const unitId = await onboarding.addUnit({ ...named, municipalityId });
        await store.staffing.changeUnit({ ...read.data, id: unitId, municipalityId });
        answer({ unitId });
      }),
    );

  group
    .command('serve')
    .description('Let the plan of another municipality name the unit, such as a shared patrol.')
    .requiredOption('--unit <id>')
    .requiredOption('--municipality <id>', 'which it serves from now on')
    .action(({ unit: unitId, municipality }: { unit: string; municipality: string }) =>
      withTools(context, async ({ store }) => {
        const unit = (await store.staffing.arrangements()).units.get(unitId);
        if (unit === undefined) throw new AppError('not-found', `There is no unit "${unitId}".`);
        if (unit.municipalityId === municipality) {
          throw new AppError('invalid', 'A unit serves its own municipality without being told.');
        }
        const serves = [...new Set([...unit.serves, municipality])];
        await store.staffing.changeUnit({ ...unit, serves });
        answer({ unitId, serves });
      }),
    );
}
