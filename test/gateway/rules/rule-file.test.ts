import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readRuleFile } from '../../../gateway/store/rule-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function fileWith(text: string): Promise<string> {
  const file = join(await temporaryFolder(), 'rules.yaml');
  await writeFile(file, text);
  return file;
}

const title = 'title: { sv: Dörr, en: Door }';
const rule = `id: door\n  ${title}\n  severity: low\n  on: door.opened`;

describe('a file of rules', () => {
  test('is YAML or JSON', async () => {
    const yaml = await readRuleFile(await fileWith(`- ${rule}\n  for: 2m\n`));
    const json = await readRuleFile(
      await fileWith(
        JSON.stringify([
          {
            id: 'door',
            title: { sv: 'Dörr', en: 'Door' },
            severity: 'low',
            on: 'door.opened',
            for: '2m',
          },
        ]),
      ),
    );
    expect(yaml.rules).toEqual(json.rules);
    expect(yaml.rules).toMatchObject([{ id: 'door', version: 1, for: 120_000, per: 'device' }]);
  });

  test.each([
    ['no YAML', '- id: [', 'Flow sequence'],
    ['a type of event that is none', `- ${rule.replace('door.opened', 'door.ajar')}`, 'on'],
    ['a field that is none', `- ${rule}\n  colour: red`, 'colour'],
    [
      'neither a beginning nor an absence',
      `- id: door\n  ${title}\n  severity: low`,
      'Give either',
    ],
    ['an end without a wait', `- ${rule}\n  unless: door.closed`, '`unless` ends a wait'],
    ['the same name twice', `- ${rule}\n- ${rule}`, '"door" stands twice.'],
    ['a condition that is none', `- ${rule}\n  where: device.colour == 'red'`, 'device.colour'],
    ['a duration that is none', `- ${rule}\n  for: soon`, 'for'],
    ['neither a rule nor a list', 'just words', 'Write a rule, or a list of rules'],
  ])('is refused with %s, and the refusal names the file and the mend', async (_, text, says) => {
    const file = await fileWith(text);
    const error: unknown = await readRuleFile(file).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'AppError', code: 'invalid' });
    const { message } = error as Error;
    expect(message).toContain(file);
    expect(message).toContain(says);
  });
});
