import { expect, test } from 'vitest';

import { barriers, phone, useBrowser } from './browser.ts';
import { print } from './paper.ts';
import { openWorld } from './world.ts';

const newPage = useBrowser();

test('a coordinator puts in the numbers of the municipality, and sends the result as a link', async () => {
  const world = await openWorld();
  const page = await newPage({ viewport: phone });
  await page.goto(await world.linkFor('karin'));
  await page.getByText('Inga larm.').waitFor();
  await page.goto(`${world.at().publicUrl}/reports/benefit`);
  await page.getByRole('heading', { name: 'Resultat på sex år' }).waitFor();
  const figure = (name: RegExp) => page.locator('dt', { hasText: name }).locator('xpath=../dd');
  const hours = figure(/^Frigjorda timmar på sex år/);
  const value = figure(/^Nuvärde/);
  expect(await hours.textContent()).toBe('20\u00A0075');
  expect(await value.textContent()).toBe('29\u00A0523\u00A0kr');

  // Whatever share of the time becomes money, the time is the same.
  await page.getByLabel('Så stor del av den frigjorda tiden blir pengar').fill('50');
  await expect.poll(() => value.textContent()).toBe('3\u00A0179\u00A0681\u00A0kr');
  expect(await hours.textContent()).toBe('20\u00A0075');
  await page.getByLabel('Tid på plats').fill('fem');
  await page.getByText('Skriv ett tal från 0 till 240. Så länge räknas det med 5.').waitFor();
  await page.getByLabel('Brukare som har tekniken').fill('100');
  await page.keyboard.press('Tab');
  await expect.poll(() => hours.textContent()).toBe('40\u00A0150');

  // The address has the numbers once they have come to rest, and gives them to whoever gets it.
  await page.waitForURL(/residents=100&realisedPercent=50$/);
  await page.reload();
  await page.getByRole('heading', { name: 'Resultat på sex år' }).waitFor();
  expect(await hours.textContent()).toBe('40\u00A0150');
  await page.getByRole('button', { name: 'Återställ alla siffror' }).click();
  await expect.poll(() => hours.textContent()).toBe('20\u00A0075');
  expect(await page.getByLabel('Brukare som har tekniken').inputValue()).toBe('50');

  expect(await barriers(page)).toEqual([]);

  await page.emulateMedia({ colorScheme: 'dark' });
  const { colours } = (await print(page)).content;
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(23, 23, 23)']);

  await page.getByRole('link', { name: 'Kostnader' }).click();
  const own = page.getByRole('row', { name: /Norrköpinge \(er kommun\)/ });
  await own.waitFor();
  expect(await page.getByText('vaka costs join --municipality norr').isVisible()).toBe(true);
  expect(await barriers(page)).toEqual([]);
});
