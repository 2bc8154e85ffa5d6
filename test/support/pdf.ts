import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { pathOf } from './program.ts';
import { runProgram } from './run.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A word where it stands, in points from the upper left corner of its page. */
export interface PdfWord {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface PdfPage {
  width: number;
  height: number;
  /** From the top down, each line from the left. */
  words: readonly PdfWord[];
}

/** What is written on each page of a PDF, as Poppler reads it. */
export async function readPdf(pdf: Buffer): Promise<PdfPage[]> {
  const file = join(await temporaryFolder(), 'printed.pdf');
  await writeFile(file, pdf);
  const { code, out, err } = await runProgram(pathOf('pdftotext'), ['-bbox', file, '-']);
  if (code !== 0) throw new Error(`pdftotext failed: ${err}`);
  return [...out.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)].map(
    ([, width, height, body = '']) => ({
      width: Number(width),
      height: Number(height),
      words: wordsIn(body).toSorted((a, b) => a.top - b.top || a.left - b.left),
    }),
  );
}

function wordsIn(body: string): PdfWord[] {
  const word =
    /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([\s\S]*?)<\/word>/g;
  return [...body.matchAll(word)].map(([, left, top, right, bottom, text = '']) => ({
    text: plain(text),
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom),
  }));
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
