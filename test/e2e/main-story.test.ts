import { expect, test } from 'vitest';

import { useBrowser } from './browser.ts';
import { openWorld, password } from './world.ts';

const newPage = useBrowser();

test('a pressed button calls a carer, who takes it, comes, and says how it went', async () => {
  const world = await openWorld();
  const [amina, johan] = await Promise.all([newPage(), newPage()]);

  await amina.goto(world.at().publicUrl);
  await amina.getByLabel('E-post').fill('amina@vaka.example');
  await amina.getByLabel('Lösenord', { exact: true }).fill(password);
  await amina.getByRole('button', { name: 'Logga in' }).click();
  await amina.getByText('Inga larm.').waitFor();
  await johan.goto(await world.linkFor('johan'));
  await johan.getByText('Inga larm.').waitFor();
  expect(new URL(johan.url()).hash).toBe('');

  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });

  const seenByAmina = amina.getByRole('article', { name: 'akut Larmknapp tryckt' });
  const seenByJohan = johan.getByRole('article', { name: 'akut Larmknapp tryckt' });
  await Promise.all([seenByAmina.waitFor(), seenByJohan.waitFor()]);
  expect(await seenByAmina.innerText()).toContain('Elsa B');
  expect(await seenByAmina.innerText()).toContain('Skogsgatan 4');

  await seenByAmina.getByRole('button', { name: 'Jag tar det' }).click();
  await seenByAmina.getByText('Du har det').waitFor();
  await seenByJohan.getByText('Amina har det').waitFor();
  expect(await seenByJohan.getByRole('button', { name: 'Jag tar det' }).count()).toBe(0);

  await seenByAmina.getByRole('button', { name: 'Framme' }).click();
  await seenByJohan.getByText('Amina är framme').waitFor();

  await seenByAmina.getByRole('button', { name: 'Avsluta' }).click();
  const dialog = amina.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Avsluta' }).click();
  await dialog.getByText('Välj hur det gick.').waitFor();
  await dialog.getByText('Hjälp gavs').click();
  await dialog.getByRole('button', { name: 'Avsluta' }).click();
  await Promise.all([
    amina.getByText('Inga larm.').waitFor(),
    johan.getByText('Inga larm.').waitFor(),
  ]);

  const [alert, ...others] = await world.alerts('amina', '?state=resolved');
  expect(others).toEqual([]);
  expect(alert).toMatchObject({ outcome: 'helped', acceptedBy: { name: 'Amina' } });
});

test('whoever is second to take an alert reads who was first', async () => {
  const world = await openWorld();
  const [amina, johan] = await Promise.all([newPage(), newPage()]);
  await amina.goto(await world.linkFor('amina'));
  await johan.goto(await world.linkFor('johan'));
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await amina.getByRole('button', { name: 'Jag tar det' }).waitFor();

  // Johan presses while Amina's answer is on its way: his request waits until hers is through.
  const { promise: aminaIsThrough, resolve: letJohanThrough } = Promise.withResolvers<void>();
  await johan.route('**/acceptance', async (route) => {
    await aminaIsThrough;
    await route.continue();
  });
  await johan.getByRole('button', { name: 'Jag tar det' }).click();
  await amina.getByRole('button', { name: 'Jag tar det' }).click();
  await amina.getByText('Du har det').waitFor();
  letJohanThrough();

  await johan.getByText('Amina har det redan.').waitFor();
  expect(await johan.getByRole('button', { name: 'Framme' }).count()).toBe(0);
});
