import { expect, test } from 'vitest';

import { FollowUpReport } from '../../gateway/protocol/report/follow-up.ts';
import { barriers, desk, phone, useBrowser } from './browser.ts';
import { flawsOf, pagesWith, print } from './paper.ts';
import { addPast, dayMs, furnishTown, homeId, homesOfUnit, rules } from './report-town.ts';
import { openWorld, type World } from './world.ts';

const newPage = useBrowser();
const homes = Array.from({ length: homesOfUnit }, (_, index) => homeId('natt', index + 1));
const percent = new Intl.NumberFormat('sv-SE', { style: 'percent', maximumFractionDigits: 1 });

function dayOf(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(at);
}

function openTown(): Promise<World> {
  return openWorld({ furnish: furnishTown, olderByMs: 60 * dayMs });
}

/** Everybody in a unit presses the button; Karin takes all but one, and one was false. */
async function callAndAnswer(world: World): Promise<void> {
  await Promise.all(
    homes.map((home) => world.tell(`${home}-call-button`, { type: 'help.pressed' })),
  );
  const api = await world.apiFor('karin');
  const alerts = (await world.alerts('karin')).filter(({ severity }) => severity !== 'technical');
  expect(alerts).toHaveLength(homes.length);
  for (const [index, { id }] of alerts.slice(1).entries()) {
    const put = async (what: string, body: object) => {
      const { status } = await api(`/alerts/${id}/${what}`, { method: 'PUT', body });
      expect(status).toBe(200);
    };
    await put('acceptance', {});
    await put('arrival', {});
    await put('resolution', { outcome: index === 0 ? 'false-alarm' : 'helped' });
  }
}

test('a coordinator follows up how alerts were answered, and the page says what the gateway says', async () => {
  const world = await openTown();
  await callAndAnswer(world);
  const page = await newPage({ viewport: desk });
  await page.goto(await world.linkFor('karin'));
  await page.getByRole('link', { name: 'Uppföljning' }).click();
  await page.getByText('inga vårdlarm. Rapporten omfattar 12 hem.').waitFor();
  const caution = page.getByText('Perioden är inte hela, avslutade kalendermånader.');
  expect(await caution.count()).toBe(0);
  await page.getByRole('button', { name: 'Period' }).click();
  await page.getByRole('option', { name: 'Egna datum' }).click();
  const today = dayOf(Date.now());
  const query = `from=${today.slice(0, 4)}-01-01&to=${today}`;
  await page.getByLabel('Från och med').fill(`${today.slice(0, 4)}-01-01`);
  await page.getByLabel('Till och med').fill(today);
  await page.getByRole('button', { name: 'Visa perioden' }).click();
  await page.getByText('6 vårdlarm. Rapporten omfattar 12 hem.').waitFor();
  expect(new URL(page.url()).search).toBe(`?${query}`);
  await caution.waitFor();

  const api = await world.apiFor('karin');
  const report = FollowUpReport.parse(await (await api(`/reports/follow-up?${query}`)).json());
  const cellsOf = async (table: string, row: string) => {
    const cells = page.getByRole('table', { name: table }).getByRole('row', { name: row });
    return (await cells.getByRole('cell').allInnerTexts()).map((text) => text.trim());
  };
  const [all] = report.responses;
  expect(await cellsOf('Besvarade inom målen', 'Alla')).toEqual([
    '6',
    ...(all?.within.map(({ share }) => (share === null ? '–' : percent.format(share))) ?? []),
    '1',
  ]);
  const [rule] = report.byRule;
  expect(rule).toMatchObject({ alerts: 6, resolved: 5, falseAlarms: 1, share: 0.2 });
  expect(await cellsOf('Efter regel', rule?.title?.sv ?? '')).toEqual([
    '6',
    '5',
    '1',
    percent.format(0.2),
  ]);
  await page.getByRole('heading', { name: 'Nattpatrullen' }).waitFor();
  for (const viewport of [desk, phone]) {
    await page.setViewportSize(viewport);
    expect(await barriers(page)).toEqual([]);
  }
  const wide = page.getByRole('group', { name: 'Tider, alla vårdlarm' });
  const edges = () => wide.locator('..').evaluate(({ dataset }) => Object.keys(dataset));
  expect(await edges()).toEqual(['after']);
  await wide.focus();
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowRight');
      return edges();
    })
    .toEqual(['before']);
  await page.getByRole('button', { name: 'Visa som tabell' }).click();
  await page.getByRole('table', { name: 'Vecka för vecka' }).waitFor();

  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Hämta som fil' }).click();
  expect((await waiting).suggestedFilename()).toMatch(/\.csv$/);

  await page.getByRole('link', { name: 'Telemetri' }).click();
  await page.getByText('Historiken skrivs som den ska.').waitFor();
  await page.getByText('Inga avvisade mätpunkter.').waitFor();
  expect(await barriers(page)).toEqual([]);
}, 60_000);

test('a long report is printed with every row whole, headings with what they lead to and no names of devices', async () => {
  const world = await openTown();
  const from = Date.now() - 40 * dayMs;
  await world.withStore((store) => addPast(store, from));
  const page = await newPage({ viewport: desk, colorScheme: 'dark' });
  await page.goto(await world.linkFor('karin'));
  await page.getByRole('link', { name: 'Uppföljning' }).waitFor();
  await page.goto(`${world.at().publicUrl}/reports?from=${dayOf(from)}&to=${dayOf(Date.now())}`);
  await page.getByRole('heading', { name: 'I korthet' }).waitFor();
  expect(await page.getByRole('row', { name: /Regel \d\d/ }).count()).toBe(rules);

  const printed = await print(page);
  expect(printed.content.colours).toEqual(['rgb(255, 255, 255)', 'rgb(23, 23, 23)']);
  expect(flawsOf(printed)).toEqual([]);
  const heads = 'Regel Larm Avslutade Falska Andel falska';
  expect(pagesWith(heads, printed.pages)).toBeGreaterThanOrEqual(3);
  const text = printed.pages.flatMap(({ words }) => words.map((word) => word.text)).join(' ');
  expect(text).toContain('Uppföljning av trygghetslarm, Norrköpinge');
  expect(text).toContain('Framtagen');
  expect(text).toContain('Lämna inte ut rapporten tillsammans med en annan');
  expect(text).not.toMatch(/Telemetri|Skriv ut|oftare larmar falskt|Ljud/);
}, 60_000);
