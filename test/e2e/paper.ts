import type { Page } from 'playwright-core';
import { z } from 'zod';

import { type PdfPage, type PdfWord, readPdf } from '../support/pdf.ts';

/** What a page has to print: its tables row by row, its headings, and what would be cut off where it stands. */
const Content = z.object({
  tables: z.array(z.object({ heads: z.string(), rows: z.array(z.string()) })),
  headings: z.array(z.string()),
  clipped: z.array(z.string()),
  /** Of the paper and of what is written on it. */
  colours: z.array(z.string()),
});
type Content = z.infer<typeof Content>;

const margin = 45;
const slack = 1;
/** What a font keeps free above its letters. */
const ascent = 6;

/** Prints a page on A4. */
export async function print(page: Page) {
  await page.emulateMedia({ media: 'print' });
  const content = Content.parse(
    await page.evaluate(`(() => {
      const isShown = (element) => element.getClientRects().length > 0;
      const all = (selector, from = document) => [...from.querySelectorAll(selector)].filter(isShown);
      const cells = (row) => [...row.cells].map((cell) => cell.innerText).join(' ');
      return {
        tables: all('table').map((table) => ({
          heads: cells(table.tHead.rows[0]),
          rows: [...table.tBodies[0].rows].map(cells),
        })),
        headings: all('h2, h3, caption').map((heading) => heading.innerText),
        clipped: all('main *')
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .filter((element) => getComputedStyle(element).overflowX !== 'visible')
          .map((element) => element.innerText),
        colours: [
          getComputedStyle(document.documentElement).backgroundColor,
          getComputedStyle(document.querySelector('td')).color,
        ],
      };
    })()`),
  );
  const pages = await readPdf(await page.pdf({ format: 'A4' }));
  await page.emulateMedia({ media: 'screen' });
  return { content, pages };
}

/** What is wrong on paper: rows and headings that are cut, stranded or missing, pages half empty, words outside of the margins. */
export function flawsOf({ content, pages }: { content: Content; pages: readonly PdfPage[] }) {
  const stranded = content.headings.filter((one) => !pages.some((page) => leads(one, page)));
  const halfEmpty = pages.slice(0, -1).filter(isHalfEmpty);
  return [
    ...content.clipped.map((text) => `clipped: ${text}`),
    ...rowFlaws(content, pages),
    ...stranded.map((heading) => `stranded: ${heading}`),
    ...halfEmpty.map((page) => `half empty: page ${pages.indexOf(page) + 1}`),
    ...pages.flatMap(outside),
  ];
}

function rowFlaws({ tables }: Content, pages: readonly PdfPage[]): string[] {
  const flaws: string[] = [];
  let from = { page: 0, top: 0 };
  for (const { heads, rows } of tables) {
    for (const [index, row] of rows.entries()) {
      const found = find(row, pages, from);
      if (found === null) {
        flaws.push(`not whole on any page: ${row}`);
        continue;
      }
      const isNewPage = found.page !== from.page;
      if (index === 1 && isNewPage) flaws.push(`parted from the first row: ${row}`);
      if ((index === 0 || isNewPage) && !isUnder(heads, pages[found.page], found.top))
        flaws.push(`without names of columns: ${row}`);
      from = found;
    }
  }
  return flaws;
}

/** More is left of it than a picture or a heading with two rows would need. */
function isHalfEmpty({ height, words }: PdfPage): boolean {
  const last = Math.max(...words.map(({ bottom }) => bottom).filter((at) => at < height - margin));
  return last < height / 2;
}

/** On how many pages a table goes on. */
export function pagesWith(heads: string, pages: readonly PdfPage[]): number {
  return pages.filter((page) => startsOf(heads, page).length > 0).length;
}

interface Place {
  page: number;
  top: number;
}

/** Where the first such row stands after a place, all of it and nothing else. */
function find(row: string, pages: readonly PdfPage[], after: Place): Place | null {
  for (let index = after.page; index < pages.length; index += 1) {
    const page = pages[index];
    if (page === undefined) return null;
    const isAfter = ({ top }: PdfWord) => index > after.page || top > after.top;
    const start = startsOf(row, page).find(isAfter);
    if (start !== undefined) return { page: index, top: start.top };
  }
  return null;
}

/** The words of a page from which on, from the top down, it says just this. */
function startsOf(text: string, page: PdfPage): PdfWord[] {
  const wanted = lettersOf([text]);
  const inside = page.words.filter(({ bottom }) => bottom < page.height - margin);
  const first = text.trim().split(/\s+/)[0] ?? '';
  return inside.filter((start) => {
    if (!first.startsWith(start.text)) return false;
    let said = '';
    for (const word of inside.filter(({ bottom }) => bottom > start.top + slack)) {
      if (said.length >= wanted.length) break;
      said += lettersOf([word.text]);
    }
    return lettersOf([said]) === wanted;
  });
}

/** In an order of its own: the cells of a row stand side by side, and each may take several lines. */
function lettersOf(texts: readonly string[]): string {
  return Array.from(texts.join('').replaceAll(/\s+/g, '').toLowerCase()).toSorted().join('');
}

function isUnder(heads: string, page: PdfPage | undefined, top: number): boolean {
  return page !== undefined && startsOf(heads, page).some((start) => start.top < top);
}

/** Whether something follows it on the page. */
function leads(heading: string, page: PdfPage): boolean {
  return startsOf(heading, page).some((start) =>
    page.words.some(
      ({ top, bottom }) => top > start.bottom && bottom < page.height - margin - slack,
    ),
  );
}

/** Words that stand in a margin; the lower one has the number of the page. */
function outside({ width, height, words }: PdfPage): string[] {
  return words
    .filter(
      ({ left, right, top, bottom }) =>
        left < margin - slack ||
        right > width - margin + slack ||
        top < margin - ascent ||
        (bottom > height - margin + slack && top < height - margin),
    )
    .map(({ text }) => `in the margin: ${text}`);
}
