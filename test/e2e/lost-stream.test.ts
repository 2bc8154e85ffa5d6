import { expect, test } from 'vitest';

import { staleAfterMs } from '../../gateway/protocol/stream.ts';
import { useBrowser } from './browser.ts';
import { openWorld } from './world.ts';

const newPage = useBrowser();

test('a board that hears nothing cries out, and shows what it missed once it hears again', async () => {
  const world = await openWorld();
  const page = await newPage();
  await page.goto(await world.linkFor('amina'));
  await page.getByText('Inga larm.').waitFor();
  const cry = page.getByText('Bilden är gammal och nya larm syns inte här.');
  expect(await cry.count()).toBe(0);

  await world.stop();
  const stoppedAt = performance.now();
  await cry.waitFor({ timeout: staleAfterMs + 5_000 });
  expect(performance.now() - stoppedAt).toBeLessThan(staleAfterMs + 3_000);

  // An alert comes while this screen reaches nobody: the gateway answers for the door at another port.
  await world.start({ httpPort: 0 });
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await world.stop();
  expect(await page.getByRole('article').count()).toBe(0);

  await world.start();
  await page.getByRole('article', { name: 'akut Larmknapp tryckt' }).waitFor({ timeout: 30_000 });
  // The fetch that shows it and the stream each wait their turn to try again.
  await cry.waitFor({ state: 'detached', timeout: 15_000 });
  expect(await page.getByRole('article').count()).toBe(1);

  await world.tell('skogsgatan-door-contact', { type: 'battery.low' });
  await page.getByRole('button', { name: 'Tekniska' }).waitFor();
});
