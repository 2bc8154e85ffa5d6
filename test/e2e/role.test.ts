import { expect, test } from 'vitest';

import { useBrowser } from './browser.ts';
import { openWorld } from './world.ts';

const newPage = useBrowser();

test('a technician sees the equipment, and neither who lives there nor what they call for', async () => {
  const world = await openWorld();
  const page = await newPage();
  await page.goto(await world.linkFor('tore'));
  await page.getByRole('heading', { name: 'Utrustning' }).waitFor();
  await page.goto(`${world.at().publicUrl}/technical`);
  await page.getByText('Inga tekniska larm.').waitFor();

  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  // Once this is on the screen, so would be what came before it.
  await world.tell('skogsgatan-door-contact', { type: 'battery.low' });
  await page.getByRole('article', { name: 'Batteri lågt' }).waitFor();
  expect(await page.getByRole('article').count()).toBe(1);

  const [care] = await world.alerts('amina', '?queue=care');
  const api = await world.apiFor('tore');
  const answers = await Promise.all(
    ['/alerts?state=all', '/homes', '/homes/skogsgatan', '/devices'].map(async (path) => {
      const response = await api(path);
      return { path, status: response.status, text: await response.text() };
    }),
  );
  for (const { path, status, text } of answers) {
    expect.soft(status, path).toBe(200);
    expect.soft(text, path).not.toContain('Elsa');
    expect.soft(text, path).not.toContain('help-pressed');
  }
  expect((await api(`/alerts/${care?.id}`)).status).toBe(404);

  await page.goto(`${world.at().publicUrl}/homes/skogsgatan`);
  await page.getByText('Namn visas inte för din roll.').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('Elsa');
  expect(await page.locator('body').innerText()).not.toContain('Larmknapp tryckt');

  // To try again would not help; there is a way on.
  await page.goto(`${world.at().publicUrl}/homes/skogsgatan/history`);
  await page.getByText('Din roll får inte göra det.').waitFor();
  expect(await page.getByRole('button', { name: 'Försök igen' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Gå till sidan Hem' }).click();
  await page.getByRole('link', { name: 'Skogsgatan' }).first().waitFor();
});

test('a carer of another unit sees nothing of this one', async () => {
  const world = await openWorld();
  const page = await newPage();
  await page.goto(await world.linkFor('bengt'));
  await page.getByText('Inga larm.').waitFor();

  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await world.tell('storgatan-call-button', { type: 'help.pressed' });
  await page.getByRole('article').getByText('Storgatan 1').waitFor();
  expect(await page.getByRole('article').count()).toBe(1);
  expect(await page.locator('body').innerText()).not.toContain('Skogsgatan');

  const [theirs] = await world.alerts('amina');
  const api = await world.apiFor('bengt');
  const hidden = [`/alerts/${theirs?.id}`, '/homes/skogsgatan'];
  expect(await Promise.all(hidden.map(async (path) => (await api(path)).status))).toEqual([
    404, 404,
  ]);
  const lists = await Promise.all(
    ['/alerts?state=all', '/homes'].map(async (path) => (await api(path)).text()),
  );
  for (const text of lists) expect(text).not.toMatch(/Elsa|Skogsgatan|skogsgatan/);
  await page.goto(`${world.at().publicUrl}/alerts/${theirs?.id}`);
  await page.getByRole('heading', { name: 'Larm' }).waitFor();
  expect(await page.locator('body').innerText()).not.toContain('Elsa');
});
