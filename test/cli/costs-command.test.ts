import { Command } from 'commander';
import { expect, test } from 'vitest';

import { type CommandContext, withTools } from '../../gateway/cli/context.ts';
import { costsCommands } from '../../gateway/cli/costs-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function openCommands() {
  let printed = '';
  const context: CommandContext = {
    environment: { VAKA_DATA_DIR: await temporaryFolder() },
    print: (words) => {
      printed += words;
    },
    readInput: () => Promise.resolve(null),
    signal: new AbortController().signal,
  };
  await withTools(context, async ({ onboarding }) => {
    for (const id of ['norr', 'syd']) {
      await onboarding.addMunicipality({ id, name: `Kommun ${id}`, timeZone: 'Europe/Stockholm' });
    }
  });
  return async (words: string): Promise<unknown[]> => {
    printed = '';
    const program = new Command('vaka');
    costsCommands(program, context);
    await program.parseAsync(['costs', ...words.split(' ')], { from: 'user' });
    return printed
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  };
}

test('lets municipalities share costs, and leave it again', async () => {
  const costs = await openCommands();
  const shared = { municipalityId: 'norr', sharesCosts: true };
  expect(await costs('join --municipality norr')).toEqual([{ ...shared, changed: true }]);
  expect(await costs('join --municipality norr')).toEqual([{ ...shared, changed: false }]);
  await costs('join --municipality syd');
  const since = expect.stringMatching(/^20\d\d-.*Z$/) as string;
  expect(await costs('list')).toEqual([
    { municipalityId: 'norr', name: 'Kommun norr', since },
    { municipalityId: 'syd', name: 'Kommun syd', since },
  ]);
  const left = { municipalityId: 'norr', sharesCosts: false };
  expect(await costs('leave --municipality norr')).toEqual([{ ...left, changed: true }]);
  expect(await costs('leave --municipality norr')).toEqual([{ ...left, changed: false }]);
  expect(await costs('list')).toHaveLength(1);
});

test('says that there is no such municipality', async () => {
  const costs = await openCommands();
  await expect(costs('join --municipality other')).rejects.toThrow('no municipality "other"');
});
