import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { desk, phone, useBrowser } from './browser.ts';
import { cameraShowing, filmOfCode } from './film.ts';
import {
  chooseAndPlace,
  heading,
  inspect,
  install,
  maySignIn,
  openAs,
  press,
  switchOn,
  tryOutAndSign,
} from './install-hands.ts';
import { openWorld } from './world.ts';

/** What is printed on the box of a call button. */
const code = 'vaka:profile=call-button&serial=KB-2026-0017';

const newPage = useBrowser(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vaka-film-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return cameraShowing(await filmOfCode(code, folder));
});

test('a call button goes from its code to a signed protocol in less than two minutes', async () => {
  const world = await openWorld();
  const [tore, amina] = await Promise.all([
    openAs(newPage, world, ['tore', '/install']),
    openAs(newPage, world, ['amina', '/']),
  ]);
  const began = Date.now();
  const { id } = await install(world, tore, 'Skogsgatan 4');
  expect(Date.now() - began).toBeLessThan(120_000);

  await inspect(tore, 'protocol');
  const protocol = tore.getByRole('article');
  for (const said of ['Tore', 'Skogsgatan 4', id, 'Larmknapp', '97 %', 'Sitter i ett band']) {
    await protocol.getByText(said).first().waitFor();
  }
  await protocol.getByText('Överhoppat: Har ingen testknapp').waitFor();
  await tore.setViewportSize(desk);
  await inspect(tore, 'protocol-desk');
  const pdf = (await tore.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

  // Of all this those who care for people saw nothing, until the button was in use.
  expect(await world.alerts('amina')).toEqual([]);
  await amina.getByText('Inga larm.').waitFor();

  await tore.setViewportSize(phone);
  await tore.goto(`${world.at().publicUrl}/homes/skogsgatan`);
  await tore.getByRole('link', { name: /^Protokoll: Larmknapp, .*, Tore$/ }).click();
  await tore.getByRole('heading', { level: 1, name: 'Installationsprotokoll' }).waitFor();
  await tore.getByText('Larmknapp är i bruk: dess larm är riktiga').waitFor();
  // The next one in the box is a press away.
  await press(tore, 'Nästa utrustning här');
  await heading(tore, 'Vilken utrustning?');
}, 150_000);

test('a new button takes the place of a broken one, whose secret then opens nothing', async () => {
  const world = await openWorld();
  const old = {
    id: 'skogsgatan-call-button',
    secret: world.secrets.get('skogsgatan-call-button') ?? '',
  };
  const tore = await openAs(newPage, world, ['tore', '/install?home=skogsgatan']);
  await tore.getByRole('link', { name: 'Byt ut Larmknapp' }).click();
  await tore.getByText('Den gamla tas ur bruk när du skriver under').waitFor();
  await inspect(tore, 'exchange');
  await press(tore, 'Börja byta ut');
  await tore.getByText('Byter ut Larmknapp').waitFor();
  const device = await chooseAndPlace(tore);
  const tell = await switchOn(world, device);
  expect(await maySignIn(world, old)).toBe(true);
  await tryOutAndSign(tore, tell);
  await tore.getByText('Ersätter').waitFor();
  expect(await maySignIn(world, old)).toBe(false);

  await tell('help.pressed');
  await expect
    .poll(() => world.alerts('amina'))
    .toMatchObject([{ isTest: false, device: { id: device.id } }]);
}, 150_000);

test('an installation goes on where it was, after a reload and on another phone', async () => {
  const world = await openWorld();
  const tore = await openAs(newPage, world, ['tore', '/install?home=storgatan']);
  await press(tore, 'Installera ny utrustning');
  await heading(tore, 'Vilken utrustning?');
  await tore.reload();
  await heading(tore, 'Vilken utrustning?');

  const device = await chooseAndPlace(tore);
  await heading(tore, 'Väntar på första livstecknet');
  await tore.reload();
  await heading(tore, 'Väntar på första livstecknet');
  const tell = await switchOn(world, device);
  await tell('battery.measured');
  await press(tore, 'Vidare');
  await heading(tore, 'Prova att den fungerar');
  expect(await tore.locator(':focus').innerText()).toBe('Prova att den fungerar');
  await press(tore, 'Tillbaka');
  await heading(tore, 'Den hörs!');

  const other = await openAs(newPage, world, ['tore', '/install']);
  const resume = other.getByRole('link', { name: /^Fortsätt: Larmknapp.* i Storgatan 1/ });
  await resume.waitFor();
  await inspect(other, 'resume');
  await resume.click();
  await heading(other, 'Prova att den fungerar');
  await tell('help.pressed');
  await other.getByText(/^hördes \d\d:\d\d$/).waitFor();

  await other.context().setOffline(true);
  await other.getByText(/^Ingen kontakt med Vaka sedan .* Det du har gjort är sparat/).waitFor();
  await other.context().setOffline(false);
  await other.getByText(/^Ingen kontakt med Vaka sedan /).waitFor({ state: 'detached' });

  await press(other, 'Mer om installationen i Storgatan 1');
  await other.getByRole('menuitem', { name: 'Avbryt installationen' }).click();
  await other
    .getByRole('dialog')
    .getByText(/^Utrustningen tas bort från hemmet igen/)
    .waitFor();
  await inspect(other, 'abandon');
  await other.getByRole('dialog').getByRole('button', { name: 'Avbryt installationen' }).click();
  await other.getByText(/^Installationen är avbruten\./).waitFor();
  await tore.getByText(/^Installationen är avbruten\./).waitFor();
}, 120_000);

test('what is taken out of use may not sign in, and leaves its history where it was', async () => {
  const world = await openWorld();
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  const old = {
    id: 'skogsgatan-call-button',
    secret: world.secrets.get('skogsgatan-call-button') ?? '',
  };
  expect(await maySignIn(world, old)).toBe(true);
  const tore = await openAs(newPage, world, ['tore', `/devices/${old.id}`]);
  await press(tore, 'Ta ur bruk');
  const dialog = tore.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Anledning' }).fill('Flyttas till ett annat hem');
  await dialog.getByRole('button', { name: 'Ta ur bruk' }).click();
  await tore.getByText('Larmknapp är tagen ur bruk.').waitFor();
  expect(await maySignIn(world, old)).toBe(false);

  await tore.goto(`${world.at().publicUrl}/install?home=storgatan`);
  await press(tore, 'Installera ny utrustning');
  const device = await chooseAndPlace(tore);
  await (
    await switchOn(world, device)
  )('battery.measured');
  await heading(tore, 'Den hörs!');

  const karin = await openAs(newPage, world, ['karin', '/homes/storgatan']);
  await karin.getByText('Inga larm de senaste sju dygnen.').waitFor();
  expect(await karin.getByText('Elsa B').count()).toBe(0);
  await karin.getByRole('link', { name: /^Fortsätt: Larmknapp/ }).waitFor();
  // The button is on trial, and the rest of the home is as it was.
  await karin.getByText('Larmen går som vanligt.').waitFor();
  await karin.goto(`${world.at().publicUrl}/homes/skogsgatan`);
  await karin.getByRole('link', { name: 'Larmknapp tryckt' }).waitFor();
}, 120_000);
