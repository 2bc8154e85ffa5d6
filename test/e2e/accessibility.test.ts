import { expect, test } from 'vitest';

import { barriers, desk, phone, useBrowser } from './browser.ts';
import { openWorld } from './world.ts';

const newPage = useBrowser();

// Colours alone differ between light and dark.
const looks = [
  { colorScheme: 'light', rules: [] },
  { colorScheme: 'dark', rules: ['color-contrast'] },
] as const;

test('no page has a barrier, in the light or the dark, on a phone or on the wall', async () => {
  const world = await openWorld();
  const page = await newPage();
  const found: Record<string, string[]> = {};

  async function look(name: string): Promise<void> {
    for (const viewport of [phone, desk]) {
      await page.setViewportSize(viewport);
      for (const { colorScheme, rules } of looks) {
        await page.emulateMedia({ colorScheme });
        const barred = await barriers(page, rules);
        if (barred.length > 0) found[`${name}, ${colorScheme}, ${viewport.width} px`] = barred;
      }
    }
  }

  await page.goto(world.at().publicUrl);
  await page.getByRole('heading', { name: 'Logga in i Vaka' }).waitFor();
  await look('sign-in');
  await page.goto(await world.linkFor('karin'));
  await page.getByText('Inga larm.').waitFor();
  await look('empty board');

  await world.tell('skogsgatan-motion-sensor', { type: 'motion.detected' });
  await world.tell('skogsgatan-motion-sensor', { type: 'battery.measured', data: { percent: 9 } });
  await world.tell('storgatan-call-button', { type: 'help.pressed' });
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await expect.poll(() => page.getByRole('article').count()).toBe(2);
  await page.getByRole('button', { name: 'Jag tar det' }).first().click();
  await page.getByText('Du har det').waitFor();
  await page.getByRole('button', { name: 'Tekniska' }).click();
  await expect.poll(() => page.getByRole('article').count()).toBe(3);
  await look('board with alerts');

  await page.getByRole('link', { name: 'Larmknapp tryckt' }).first().click();
  await page.getByRole('heading', { name: 'Förlopp' }).waitFor();
  await look('alert');
  await page.goto(`${world.at().publicUrl}/homes`);
  await page.getByRole('link', { name: 'Skogsgatan 4' }).waitFor();
  await look('homes');
  await page.getByRole('link', { name: 'Skogsgatan 4' }).click();
  await page.getByRole('heading', { name: 'Senaste dygnet' }).waitFor();
  await look('home');
  await page.goto(`${world.at().publicUrl}/devices`);
  await page.getByRole('link', { name: 'Rörelsesensor' }).first().waitFor();
  await look('devices');

  expect(found).toEqual({});
}, 120_000);
