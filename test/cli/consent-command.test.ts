import { expect, test, vi } from 'vitest';

import { withTools } from '../../gateway/cli/context.ts';
import { runVaka } from '../support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

test('consent is listed, given and withdrawn by command, and what is unknown is answered with what there is', async () => {
  const environment = { VAKA_DATA_DIR: await temporaryFolder() };
  const since = Date.UTC(2026, 0, 1);
  await withTools({ environment }, async ({ onboarding }) => {
    await onboarding.addMunicipality({ id: 'norr', name: 'Norr', timeZone: 'Europe/Stockholm' });
    await onboarding.addUnit({ id: 'natt', municipalityId: 'norr', name: 'Natt' });
    const home = { id: 'hem', municipalityId: 'norr', unitId: 'natt', label: 'Skogsgatan' };
    const people = { residents: ['Elsa'], cohabitants: ['Sven'] };
    await onboarding.addHome({ ...home, ...people, consents: ['help'], since });
  });
  const run = (words: string) => runVaka(words.split(' '), { environment });
  const json = async (words: string): Promise<unknown> => JSON.parse((await run(words)).out);

  const listed = await json('consent list --home hem');
  const from = new Date(since).toISOString();
  const consents = [{ purpose: 'help', from, until: null }];
  const id = expect.stringMatching(/^resident-/);
  expect(listed).toEqual({
    homeId: 'hem',
    inForce: ['help'],
    residents: [
      { id, name: 'Elsa', cohabitant: false, consents },
      { id, name: 'Sven', cohabitant: true, consents },
    ],
  });
  const given = 'consent give --home hem --purpose activity,statistics --from 2026-02-01T00:00:00Z';
  expect(await json(given)).toMatchObject({ inForce: ['help', 'activity', 'statistics'] });
  const withdrawn = 'consent withdraw --home hem --purpose statistics';
  expect(await json(withdrawn)).toMatchObject({ inForce: ['help', 'activity'] });
  const { code, err } = await run('consent give --home hem --purpose watching');
  expect([code, err]).toEqual([
    1,
    'There is no purpose of consent "watching". There are: help, activity, camera, statistics.\n',
  ]);
});
